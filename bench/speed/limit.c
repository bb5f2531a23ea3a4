/* The limit: a bare epoll loop that sends one ready frame to every socket when any of them speaks.
 * It knows the load client's handshake alone, whose key is always the same. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536
#define PAYLOAD 600

static const char UPGRADED[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                               "Connection: Upgrade\r\n"
                               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
static int sockets[MOST], count;
static char upgraded[MOST];
static unsigned char frame[4 + PAYLOAD];

static int listening(int port) {
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, 4096)) exit(1);
    return listener;
}

static void watch(int epoll, int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void come_in(int epoll, int listener) {
    int one = 1;
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(epoll, fd);
    }
}

static void speak(int fd) {
    static char data[8192];
    if (recv(fd, data, sizeof data, 0) <= 0) exit(0);
    if (!upgraded[fd]) {
        send(fd, UPGRADED, sizeof UPGRADED - 1, MSG_NOSIGNAL);
        upgraded[fd] = 1;
        sockets[count++] = fd;
        return;
    }
    for (int i = 0; i < count; i++)
        if (send(sockets[i], frame, sizeof frame, MSG_NOSIGNAL) != (ssize_t)sizeof frame) exit(2);
}

int main(int words, char **word) {
    if (words != 2) return 1;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    frame[0] = 0x81;
    frame[1] = 126;
    frame[2] = PAYLOAD >> 8;
    frame[3] = PAYLOAD & 255;
    memset(frame + 4, 'x', PAYLOAD);
    int listener = listening(atoi(word[1])), epoll = epoll_create1(0);
    watch(epoll, listener);
    puts("ready");
    fflush(stdout);
    for (;;) {
        static struct epoll_event events[512];
        int ready = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) come_in(epoll, listener);
            else speak(events[i].data.fd);
        }
    }
}
