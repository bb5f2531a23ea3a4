/* Sockets, HTTP answers and websocket frames. Knows no protocol above them. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "load.h"

#define HTTP_MOST (512 * 1024)

struct load load;

uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void fail(const char *what, const struct conn *conn) {
    fprintf(stderr, "load: %s (connection %d, state %d, errno %d): %.200s\n", what,
            conn ? conn->number : -1, conn ? conn->state : -1, errno, conn ? conn->text : "");
    if (conn && conn->http) fprintf(stderr, "%.600s\n", conn->http);
    exit(1);
}

void open_conn(struct conn *conn, int role) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)load.port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int one = 1;
    conn->role = role;
    conn->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (conn->fd < 0 || connect(conn->fd, (void *)&address, sizeof address)) fail("connect", conn);
    setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(conn->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)(conn - load.conns)};
    epoll_ctl(load.epoll, EPOLL_CTL_ADD, conn->fd, &event);
}

void reopen(struct conn *conn) {
    close(conn->fd);
    open_conn(conn, conn->role);
}

static void send_all(struct conn *conn, const char *data, int length) {
    if (send(conn->fd, data, (size_t)length, MSG_NOSIGNAL) != length) fail("short send", conn);
}

void http_send(struct conn *conn, const char *method, const char *path, const char *body) {
    static char request[16384];
    int length = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
                          method, path, load.port);
    if (body)
        length += snprintf(request + length, sizeof request - (size_t)length,
                           "Origin: %s\r\nContent-Type: application/json\r\n"
                           "Content-Length: %zu\r\n\r\n%s",
                           load.origin, strlen(body), body);
    else
        length += sprintf(request + length, "\r\n");
    send_all(conn, request, length);
    if (!conn->http) conn->http = malloc(HTTP_MOST + 1);
    conn->http_len = 0;
}

void upgrade(struct conn *conn, const char *path, const char *more) {
    static char request[4096];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          "Sec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1:%d\r\n%s\r\n",
                          path, load.port, load.port, more);
    send_all(conn, request, length);
    if (!conn->http) conn->http = malloc(HTTP_MOST + 1);
    conn->http_len = 0;
}

void frame_send(struct conn *conn, int opcode, const char *data, int length) {
    static char frame[70000];
    static const unsigned char mask[4] = {0x12, 0x34, 0x56, 0x78};
    int at = 0;
    frame[at++] = (char)(0x80 | opcode);
    if (length < 126) {
        frame[at++] = (char)(0x80 | length);
    } else {
        frame[at++] = (char)(0x80 | 126);
        frame[at++] = (char)(length >> 8);
        frame[at++] = (char)length;
    }
    memcpy(frame + at, mask, 4);
    at += 4;
    for (int i = 0; i < length; i++) frame[at + i] = (char)(data[i] ^ mask[i & 3]);
    send_all(conn, frame, at + length);
}

static void whole_frame(struct conn *conn) {
    conn->text[conn->kept] = 0;
    load.frames++;
    if (conn->opcode == 9) {
        load.pings++;
        frame_send(conn, 10, conn->text, conn->kept);
    } else if (conn->opcode == 8) {
        fail("the server closed a socket", conn);
    } else if (conn->opcode != 10) {
        on_frame(conn);
    }
}

static void header(struct conn *conn) {
    const unsigned char *head = conn->head;
    uint64_t length = head[1] & 127;
    if (length == 126) length = (uint64_t)head[2] << 8 | head[3];
    else if (length == 127)
        for (int i = length = 0; i < 8; i++) length = length << 8 | head[2 + i];
    conn->opcode = head[0] & 15;
    conn->length = conn->left = length;
    conn->kept = conn->head_len = 0;
    if (!length) whole_frame(conn);
}

static void feed(struct conn *conn, const char *data, int length) {
    while (length > 0) {
        if (!conn->left) {
            conn->head[conn->head_len++] = (unsigned char)*data++;
            length--;
            int small = conn->head_len < 2 ? 0 : conn->head[1] & 127;
            int need = small == 126 ? 4 : small == 127 ? 10 : 2;
            if (conn->head_len == need && conn->head_len >= 2) header(conn);
            continue;
        }
        int part = (uint64_t)length < conn->left ? length : (int)conn->left;
        int keep = part < KEEP - conn->kept ? part : KEEP - conn->kept;
        memcpy(conn->text + conn->kept, data, (size_t)keep);
        conn->kept += keep;
        conn->left -= (uint64_t)part;
        data += part;
        length -= part;
        if (!conn->left) whole_frame(conn);
    }
}

/* An answer is whole with its head and so many bytes as that says. */
static void http(struct conn *conn, const char *data, int length) {
    if (conn->http_len + length > HTTP_MOST) fail("a large answer", conn);
    memcpy(conn->http + conn->http_len, data, (size_t)length);
    conn->http_len += length;
    conn->http[conn->http_len] = 0;
    char *body = strstr(conn->http, "\r\n\r\n");
    if (!body) return;
    body += 4;
    int status = atoi(conn->http + 9), rest = conn->http_len - (int)(body - conn->http);
    if (status == 101) {
        static char early[HTTP_MOST];
        memcpy(early, body, (size_t)rest);
        free(conn->http);
        conn->http = NULL;
        on_upgraded(conn);
        feed(conn, early, rest);
        return;
    }
    char *size = strcasestr(conn->http, "content-length:");
    if (size && size < body && rest < atoi(size + 15)) return;
    char *chunked = strcasestr(conn->http, "transfer-encoding: chunked");
    if (chunked && chunked < body && (rest < 5 || strcmp(body + rest - 5, "0\r\n\r\n"))) return;
    on_http(conn, status, conn->http, body);
}

static void readable(struct conn *conn) {
    static char data[65536];
    ssize_t length = recv(conn->fd, data, sizeof data, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) fail("a connection was lost", conn);
    load.bytes += length;
    if (conn->http) http(conn, data, (int)length);
    else feed(conn, data, (int)length);
}

/* Wait for input so long, and deal with it; `idle` counts the time in which there was none. */
int poll_once(int milliseconds) {
    static struct epoll_event events[512];
    uint64_t before = now();
    int count = epoll_wait(load.epoll, events, 512, milliseconds);
    if (count <= 0 || milliseconds) load.idle += now() - before;
    for (int i = 0; i < count; i++) {
        if (events[i].data.u32 == UINT32_MAX) continue;
        readable(&load.conns[events[i].data.u32]);
    }
    return count;
}
