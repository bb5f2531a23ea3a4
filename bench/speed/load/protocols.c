/* What a connection does, step by step: a participant of Turnout from the POST to the welcome, a
 * staff screen, and sockets of other servers. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "load.h"

#define OURS "Sec-WebSocket-Protocol: turnout.v1\r\n"

static int is(const char *protocol) { return !strcmp(load.protocol, protocol); }

static void ready(struct conn *conn) {
    if (conn->state == READY) return;
    conn->state = READY;
    load.took[load.ready++] = now() - conn->began;
}

/* The text behind `"name":"`. `out`: 200 bytes. */
static void field(char *out, const char *json, const char *name, const struct conn *conn) {
    const char *at = strstr(json, name);
    if (!at || sscanf(at + strlen(name), "%*[\": ]%199[^\"]", out) != 1) fail("no such field", conn);
}

void begin(struct conn *conn) {
    char path[300];
    conn->began = now();
    open_conn(conn, conn->role);
    if (conn->role == STAFF) {
        char more[300];
        snprintf(more, sizeof more, OURS "Authorization: Bearer %s\r\n", load.token);
        snprintf(path, sizeof path, "/ws/console/%s", load.slug);
        conn->state = UPGRADE;
        upgrade(conn, path, more);
    } else if (conn->role == PERSON) {
        snprintf(path, sizeof path, "/api/c/%s/nonce", load.slug);
        conn->state = NONCE;
        http_send(conn, "POST", path, "{}");
    } else if (is("otree")) {
        snprintf(path, sizeof path, "/InitializeParticipant/%s", conn->who->pid);
        conn->state = PAGE;
        http_send(conn, "GET", path, NULL);
    } else {
        conn->state = UPGRADE;
        upgrade(conn, is("socketio") ? "/socket.io/?EIO=4&transport=websocket" : "/ws", "");
    }
}

static void join(struct conn *conn, const char *body) {
    char nonce[200], proof[2048], path[300], said[2500];
    field(nonce, body, "\"nonce\"", conn);
    prove(proof, conn->who, 0, "join", nonce);
    snprintf(said, sizeof said, "{\"pid\":\"%s\",\"attempt\":\"%s\",\"proof\":\"%s\"}",
             conn->who->pid, conn->who->attempt, proof);
    snprintf(path, sizeof path, "/api/c/%s/join", load.slug);
    conn->state = JOIN;
    http_send(conn, "POST", path, said);
}

/* oTree leads from the link to the page, whose socket needs what the page's address says. */
static void page(struct conn *conn, int status, const char *head) {
    char path[300];
    if (status == 302 || status == 307) {
        const char *at = strcasestr(head, "\nlocation: ");
        const char *whole = at ? strstr(at, "/p/") : NULL;
        if (!whole || sscanf(whole, "%299[^\r\n]", path) != 1) fail("no page", conn);
        conn->state = PAGE2;
        http_send(conn, "GET", path, NULL);
        return;
    }
    if (status != 200) fail("no page", conn);
    snprintf(path, sizeof path,
             "/live?participant_code=%s&page_name=Q&page_index=1&session_code=%s", conn->who->pid,
             load.slug);
    reopen(conn);
    conn->state = UPGRADE;
    upgrade(conn, path, "");
}

void on_http(struct conn *conn, int status, const char *head, const char *body) {
    char path[300];
    if (conn->state == PAGE || conn->state == PAGE2) {
        page(conn, status, head);
        return;
    }
    if (status != 200) fail("refused", conn);
    if (conn->state == NONCE) {
        join(conn, body);
        return;
    }
    reopen(conn);
    conn->state = UPGRADE;
    snprintf(path, sizeof path, "/ws/c/%s", load.slug);
    upgrade(conn, path, OURS);
}

void on_upgraded(struct conn *conn) {
    if (conn->role == STAFF) frame_send(conn, 1, "{\"t\":\"hello\"}", 13);
    else if (conn->role == PEER && !is("socketio")) ready(conn);
    if (conn->role != PEER) conn->state = HELLO;
}

static void hello(struct conn *conn) {
    char nonce[200], proof[2048], said[2500];
    field(nonce, conn->text, "\"nonce\"", conn);
    prove(proof, conn->who, 1, "hello", nonce);
    int length = snprintf(said, sizeof said,
                          "{\"t\":\"hello\",\"tab\":1,\"link\":\"%s\",\"proof\":\"%s\"}",
                          conn->who->pid, proof);
    frame_send(conn, 1, said, length);
}

static int says(const struct conn *conn, const char *what) {
    return !strncmp(conn->text, what, strlen(what));
}

void answer(struct conn *conn) {
    char said[400], body[100];
    if (load.texts) snprintf(body, sizeof body, "{\"text\":\"I think so because %d\"}", conn->number);
    else snprintf(body, sizeof body, "{\"option\":%d}", conn->number % 4 + 1);
    int length = snprintf(said, sizeof said,
                          "{\"t\":\"answer\",\"aid\":\"%08lx-0000-4000-8000-%012x\","
                          "\"question\":%ld,\"base\":0,\"body\":%s}",
                          load.question, conn->number, load.question, body);
    conn->asked = now();
    frame_send(conn, 1, said, length);
}

static void on_question(struct conn *conn) {
    load.last = now();
    if (!load.questions++) load.first = load.last;
    if (!load.answering || (conn->number * 7919L) % 1000 >= load.answering) return;
    if (!load.spread) {
        answer(conn);
        return;
    }
    long at = (long)((load.last - load.began) / 1000000) + 1 + random() % load.spread;
    if (at >= load.due_size) at = load.due_size - 1;
    conn->later = load.due[at];
    load.due[at] = conn;
}

static void person(struct conn *conn) {
    if (says(conn, "{\"t\":\"event\"")) {
        if (strstr(conn->text, "\"kind\":\"opened\"")) on_question(conn);
    } else if (says(conn, "{\"t\":\"accepted\"")) {
        load.took[load.accepted++] = now() - conn->asked;
    } else if (says(conn, "{\"t\":\"challenge\"")) {
        hello(conn);
    } else if (says(conn, "{\"t\":\"welcome\"")) {
        ready(conn);
    } else if (says(conn, "{\"t\":\"refused\"") || says(conn, "{\"t\":\"bye\"")) {
        fail("refused", conn);
    }
}

static void staff(struct conn *conn) {
    if (says(conn, "{\"t\":\"done\"") || says(conn, "{\"t\":\"refused\""))
        memcpy(load.reply, conn->text, sizeof load.reply);
    else if (says(conn, "{\"t\":\"welcome\""))
        ready(conn);
    else if (says(conn, "{\"t\":\"bye\""))
        fail("sent away", conn);
}

static void peer(struct conn *conn) {
    if (!is("socketio")) {
        if (conn->length > 300) on_question(conn);
    } else if (says(conn, "0")) {
        frame_send(conn, 1, "40", 2);
    } else if (says(conn, "40")) {
        ready(conn);
    } else if (says(conn, "42")) {
        on_question(conn);
    } else if (says(conn, "2")) {
        frame_send(conn, 1, "3", 1);
    }
}

void on_frame(struct conn *conn) {
    if (conn->role == PERSON) person(conn);
    else if (conn->role == STAFF) staff(conn);
    else peer(conn);
}
