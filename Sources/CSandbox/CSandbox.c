#define _GNU_SOURCE
#include "CSandbox.h"
#include <errno.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

static int limit_within(int resource, rlim_t value, rlim_t most) {
    struct rlimit now, wanted = {value, most};
    if (getrlimit(resource, &now) != 0) return errno;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) wanted.rlim_max = now.rlim_max;
    if (wanted.rlim_cur > wanted.rlim_max) wanted.rlim_cur = wanted.rlim_max;
    return setrlimit(resource, &wanted) == 0 ? 0 : errno;
}

static int limit(int resource, rlim_t value) { return limit_within(resource, value, value); }

#define TRY(name, expression) do { int failed = (expression); if (failed) { *step = name; return failed; } } while (0)
#define CALL(name, expression) TRY(name, (expression) == 0 ? 0 : errno)

int colophon_sandbox_enter(uint64_t memory_bytes, uint64_t cpu_seconds, uint32_t user, int32_t parent, const char **step) {
    *step = "";
    if (getuid() == 0) {
        CALL("setgroups", setgroups(0, NULL));
        CALL("setresgid", setresgid(user, user, user));
        CALL("setresuid", setresuid(user, user, user));
    }
    // A change of identity clears this, so it comes after. It follows the thread that spawned, which lives as long as the parent.
    CALL("parent_death", prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
    if (parent != 0 && getppid() != parent) {
        *step = "parent_death";
        return ESRCH;
    }
    CALL("no_new_privs", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    // A change of identity switches this off for the process anyway; without one, a crash must still leave no copy of the document.
    CALL("dumpable", prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
    TRY("RLIMIT_CORE", limit(RLIMIT_CORE, 0));
    TRY("RLIMIT_AS", limit(RLIMIT_AS, memory_bytes));
    // The first limit ends it by a signal that says why; the second, for one that ignores it, does not.
    TRY("RLIMIT_CPU", limit_within(RLIMIT_CPU, cpu_seconds, cpu_seconds + 1));
    TRY("RLIMIT_FSIZE", limit(RLIMIT_FSIZE, 0));
    TRY("RLIMIT_NPROC", limit(RLIMIT_NPROC, 0));
    // The three standard descriptors are all that a reader has. This binds a reader that does as it should; one that has been taken
    // over could close one and open another, as nobody, within these limits.
    TRY("RLIMIT_NOFILE", limit(RLIMIT_NOFILE, 3));
    return 0;
}
