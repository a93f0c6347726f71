#include "CSandbox.h"
#include "attempts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// A reader that has been taken over: it enters the sandbox as the real one does, then tries to get out.
///
///     colophon-hostile list                               prints the attempts, a line each
///     colophon-hostile try LAYERS ATTEMPT FOLDER PORT     enters these layers, makes one attempt
///
/// Ends with 0 when it got out, else with the errno that kept it in; 125 when there was no sandbox to try. It may be killed before that.
int main(int count, char **words) {
    if (count == 2 && strcmp(words[1], "list") == 0) {
        for (int index = 0; index < attempt_count; index++) puts(attempts[index].name);
        return 0;
    }
    if (count != 6 || strcmp(words[1], "try") != 0) return 125;
    int index = atoi(words[3]);
    if (index < 0 || index >= attempt_count) return 125;
    struct target target = {words[4], atoi(words[5]), getppid()};
    struct colophon_sandbox wanted = {
        .memory_bytes = (uint64_t)1 << 30, .cpu_seconds = 10, .user = 65534, .parent = getppid(), .layers = (uint32_t)atoi(words[2]),
    };
    uint32_t in_force;
    const char *step;
    if (colophon_sandbox_enter(&wanted, &in_force, &step) != 0) return 125;
    // Without the C library's own end, which would flush and close what is none of its business here.
    _exit(attempts[index].run(&target));
}
