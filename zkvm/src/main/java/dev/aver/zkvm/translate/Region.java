package dev.aver.zkvm.translate;

/** Translated code of a set of blocks that jump among one another. Its subclasses are generated and have no state. */
abstract class Region {
    /**
     * Executes from {@code frame.row}, which is an entry of this region, until execution leaves the region or there is
     * too little fuel for the next path; does nothing where that is so at once.
     */
    abstract void run(Frame frame);
}
