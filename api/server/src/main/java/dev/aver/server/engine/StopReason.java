package dev.aver.server.engine;

/** Why a worker is asked to let go of its job. */
enum StopReason {
    /** Its owner cancelled it. */
    CANCELLED,
    /** Its deadline came. */
    EXPIRED,
    /** It has run as long as the server lets jobs run. */
    TIMEOUT,
    /** The server goes down: stop at the next finished segment, so that nothing is lost. */
    DRAIN,
    /** The server goes down and waits no longer: stop at the next step. */
    DOWN
}
