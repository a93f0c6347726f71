#define _GNU_SOURCE
#include "CSandbox.h"
#include "layers.h"
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

static int enter_limits(const struct colophon_sandbox *wanted, const char **step) {
    TRY("RLIMIT_CORE", limit(RLIMIT_CORE, 0));
    TRY("RLIMIT_AS", limit(RLIMIT_AS, wanted->memory_bytes));
    // The first limit ends it by a signal that says why; the second, for one that ignores it, does not.
    TRY("RLIMIT_CPU", limit_within(RLIMIT_CPU, wanted->cpu_seconds, wanted->cpu_seconds + 1));
    TRY("RLIMIT_FSIZE", limit(RLIMIT_FSIZE, 0));
    TRY("RLIMIT_NPROC", limit(RLIMIT_NPROC, 0));
    // The three standard descriptors are all that a reader has.
    TRY("RLIMIT_NOFILE", limit(RLIMIT_NOFILE, 3));
    return 0;
}

/// Root without the power to become another, or in a user namespace that knows no other, stays who it is, without any power of root's.
static int become(uid_t user, uint32_t *in_force, const char **step) {
    int refused = setgroups(0, NULL) == 0 && setresgid(user, user, user) == 0 ? 0 : errno;
    if (refused == EPERM || refused == EINVAL) {
        TRY("capset", colophon_drop_capabilities());
        return 0;
    }
    TRY("setresgid", refused);
    CALL("setresuid", setresuid(user, user, user));
    *in_force |= COLOPHON_LAYER_IDENTITY;
    return 0;
}

int colophon_sandbox_enter(const struct colophon_sandbox *wanted, uint32_t *in_force, const char **step) {
    *step = "";
    *in_force = 0;
    uid_t own = getuid();
    if (wanted->layers & COLOPHON_LAYER_NAMESPACES && colophon_leave_namespaces() == 0) *in_force |= COLOPHON_LAYER_NAMESPACES;
    if (wanted->layers & COLOPHON_LAYER_IDENTITY && own == 0) {
        int failed = become(wanted->user, in_force, step);
        if (failed) return failed;
    }
    // A change of identity clears this, so it comes after. It follows the thread that started this process, or what forked it; the parent keeps that.
    CALL("parent_death", prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
    if (wanted->parent != 0 && getppid() != wanted->parent) {
        *step = "parent_death";
        return ESRCH;
    }
    CALL("no_new_privs", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    // A change of identity switches this off for the process anyway; without one, a crash must still leave no copy of the document.
    CALL("dumpable", prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
    // It takes a descriptor for a moment, which the limits deny.
    if (wanted->layers & COLOPHON_LAYER_LANDLOCK && colophon_close_files() == 0) *in_force |= COLOPHON_LAYER_LANDLOCK;
    if (wanted->layers & COLOPHON_LAYER_LIMITS) {
        int failed = enter_limits(wanted, step);
        if (failed) return failed;
        *in_force |= COLOPHON_LAYER_LIMITS;
    }
    // Last of all: what comes before needs calls that it refuses.
    if (wanted->layers & COLOPHON_LAYER_SECCOMP) {
        int failed = colophon_filter_calls();
        if (failed == 0) *in_force |= COLOPHON_LAYER_SECCOMP;
        else if (!wanted->may_lack_seccomp) {
            *step = "seccomp";
            return failed;
        }
    }
    return 0;
}
