#include "CPolling.h"

#include <errno.h>
#include <sys/epoll.h>

enum { READY_MAX = 1024 };

int polling_open(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int poll, int operation, int descriptor, int32_t number, int writes) {
    struct epoll_event event = {.events = EPOLLIN | (writes ? EPOLLOUT : 0), .data = {.u32 = (uint32_t)number}};
    return epoll_ctl(poll, operation, descriptor, &event);
}

int polling_watch(int poll, int descriptor, int32_t number, int writes) {
    return control(poll, EPOLL_CTL_ADD, descriptor, number, writes);
}

int polling_change(int poll, int descriptor, int32_t number, int writes) {
    return control(poll, EPOLL_CTL_MOD, descriptor, number, writes);
}

int polling_wait(int poll, struct polling_ready *ready, int most, int milliseconds) {
    struct epoll_event events[READY_MAX];
    int count = epoll_wait(poll, events, most < READY_MAX ? most : READY_MAX, milliseconds);
    if (count < 0) return errno == EINTR ? 0 : -1;
    for (int i = 0; i < count; i++) {
        ready[i].number = (int32_t)events[i].data.u32;
        ready[i].isReadable = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0;
        ready[i].isWritable = (events[i].events & EPOLLOUT) != 0;
    }
    return count;
}
