#include "aver_exit.h"

#include <stdlib.h>
#include <unistd.h>

#include "aver_ecall.h"

void (*aver_flush_console)(void);
const uint8_t *(*aver_finish_journal)(void);

/*
 * Ends the program. Exit codes are 32 bits wide. A journal's digest goes to the machine with the halt call; user-mode
 * qemu does not know that call and returns from it, as it does not know journals: there the plain exit follows.
 */
void _exit(int code) {
    if (aver_flush_console != NULL) aver_flush_console();
    if (aver_finish_journal != NULL) aver_ecall(AVER_SYS_HALT, code, (long)aver_finish_journal(), 0);
    aver_ecall(AVER_SYS_EXIT, code, 0, 0);
    __builtin_unreachable();
}

/* What a shell reports for SIGABRT; a failed assert ends here too. */
void abort(void) {
    _exit(134);
}
