/* A load client in one thread. Commands come on standard input, one a line; each is answered by one
 * line of JSON. Between commands the sockets are served, so that pings are answered.
 *
 *   load PORT PROTOCOL MOST SLUG TOKEN PEOPLE-FILE
 *   open COUNT AT-ONCE      more participants (or sockets of a peer) until they are ready
 *   staff COUNT             staff screens
 *   tell TEXT               a command of staff, until it is answered
 *   ask TEXT                the same (for a peer: any text), until everybody has the question
 *   answers SHARE SPREAD QUESTION KIND   with the next `ask`, SHARE of 1000 answer within SPREAD ms
 *   rest MILLISECONDS
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>
#include "load.h"

#define PATIENCE 120000000000u
#define DUE 65536

static int compare(const void *one, const void *other) {
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

static double at(long count, double share) {
    return count ? (double)load.took[(long)((double)(count - 1) * share)] / 1e6 : 0;
}

static void say_took(const char *name, long count) {
    qsort(load.took, (size_t)count, sizeof *load.took, compare);
    printf("\"%s\":%ld,\"p50_ms\":%.3f,\"p90_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,", name, count,
           at(count, 0.5), at(count, 0.9), at(count, 0.99), at(count, 1));
}

static void say_end(uint64_t began) {
    double wall = (double)(now() - began);
    printf("\"seconds\":%.6f,\"idle\":%.4f,\"frames\":%ld,\"bytes\":%ld}\n", wall / 1e9,
           (double)load.idle / wall, load.frames, load.bytes);
    fflush(stdout);
}

static void begin_count(void) {
    load.idle = 0;
    load.questions = load.accepted = load.ready = load.frames = load.bytes = 0;
    load.first = load.last = 0;
    load.began = now();
    load.due_next = 0;
}

static void patience(void) {
    if (now() - load.began > PATIENCE) fail("it takes too long", NULL);
}

static void open_many(int count, int at_once, int role) {
    begin_count();
    if (load.made + count > load.most) fail("more than were announced", NULL);
    for (int begun = 0; load.ready < count; patience()) {
        while (begun < count && begun - load.ready < at_once) {
            struct conn *conn = &load.conns[load.made];
            conn->number = load.made++;
            conn->role = role;
            if (role != STAFF && load.people < load.known) conn->who = &load.persons[load.people];
            load.people += role != STAFF;
            begun++;
            begin(conn);
            poll_once(0);
        }
        poll_once(10);
    }
    uint64_t began = load.began;
    printf("{");
    say_took("ready", load.ready);
    say_end(began);
}

static struct conn *speaker(void) {
    for (int i = 0; i < load.made; i++)
        if (load.conns[i].role == STAFF) return &load.conns[i];
    return &load.conns[0];
}

static void say(const char *text) {
    load.reply[0] = 0;
    frame_send(speaker(), 1, text, (int)strlen(text));
}

static void tell(const char *text) {
    begin_count();
    for (say(text); !load.reply[0]; patience()) poll_once(10);
    printf("{\"reply\":%s,", strstr(load.reply, "\"done\"") ? "\"done\"" : "\"refused\"");
    say_end(load.began);
}

static void answers_due(void) {
    long due = (long)((now() - load.began) / 1000000);
    for (; load.due_next <= due && load.due_next < DUE; load.due_next++) {
        struct conn *conn = load.due[load.due_next];
        load.due[load.due_next] = NULL;
        for (; conn; conn = conn->later) answer(conn);
    }
}

static long answerers(void) {
    long count = 0;
    for (int i = 0; load.answering && i < load.made; i++)
        count += load.conns[i].role == PERSON && (load.conns[i].number * 7919L) % 1000 < load.answering;
    return count;
}

static void ask(const char *text) {
    long wanted = answerers();
    int wait = load.spread ? 1 : 0;
    begin_count();
    for (say(text); load.questions < load.people || load.accepted < wanted; patience()) {
        poll_once(load.questions < load.people ? 0 : wait);
        answers_due();
    }
    uint64_t began = load.began;
    printf("{\"last_ms\":%.3f,\"first_ms\":%.3f,", (double)(load.last - began) / 1e6,
           (double)(load.first - began) / 1e6);
    if (wanted) say_took("accepted", load.accepted);
    say_end(began);
    load.answering = 0;
}

static void rest(int milliseconds) {
    begin_count();
    uint64_t until = load.began + (uint64_t)milliseconds * 1000000u;
    for (uint64_t t; (t = now()) < until;) poll_once((int)((until - t) / 1000000) + 1);
    printf("{\"pings\":%ld,", load.pings);
    say_end(load.began);
}

static void obey(char *line) {
    int one, two;
    char kind[20];
    line[strcspn(line, "\n")] = 0;
    if (sscanf(line, "open %d %d", &one, &two) == 2)
        open_many(one, two, strcmp(load.protocol, "turnout") ? PEER : PERSON);
    else if (sscanf(line, "staff %d", &one) == 1) open_many(one, 1, STAFF);
    else if (!strncmp(line, "tell ", 5)) tell(line + 5);
    else if (!strncmp(line, "ask ", 4)) ask(line + 4);
    else if (sscanf(line, "rest %d", &one) == 1) rest(one);
    else if (sscanf(line, "answers %d %d %ld %19s", &load.answering, &load.spread, &load.question,
                    kind) == 4)
        load.texts = !strcmp(kind, "text");
    else fail("no such command", NULL);
}

static void read_number(uint64_t out[4], const char *hex) {
    for (int i = 0; i < 4; i++) {
        char part[17] = {0};
        memcpy(part, hex + 16 * i, 16);
        out[3 - i] = strtoull(part, NULL, 16);
    }
}

/* A line a person: pid attempt header, then a, b and r in hex for the join and for the hello. */
static void read_people(const char *name) {
    FILE *file = fopen(name, "r");
    char line[2048];
    if (!file) return;
    load.persons = calloc((size_t)load.most, sizeof *load.persons);
    while (fgets(line, sizeof line, file) && load.known < load.most) {
        struct person *who = &load.persons[load.known++];
        who->pid = strdup(strtok(line, " \n"));
        char *next = strtok(NULL, " \n");
        if (!next) continue;
        who->attempt = strdup(next);
        who->header = strdup(strtok(NULL, " \n"));
        for (int i = 0; i < 2; i++) {
            uint64_t r[4];
            read_number(who->a[i], strtok(NULL, " \n"));
            read_number(who->b[i], strtok(NULL, " \n"));
            read_number(r, strtok(NULL, " \n"));
            for (int j = 0; j < 32; j++) who->r[i][j] = (unsigned char)(r[3 - j / 8] >> (56 - j % 8 * 8));
        }
    }
    fclose(file);
}

int main(int count, char **words) {
    if (count != 7) fail("load PORT PROTOCOL MOST SLUG TOKEN PEOPLE-FILE", NULL);
    static char origin[60], line[65536];
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    load.port = atoi(words[1]);
    load.protocol = words[2];
    load.most = atoi(words[3]);
    load.slug = words[4];
    load.token = words[5];
    snprintf(origin, sizeof origin, "http://127.0.0.1:%d", load.port);
    load.origin = origin;
    load.conns = calloc((size_t)load.most, sizeof *load.conns);
    load.took = calloc((size_t)load.most, sizeof *load.took);
    load.due_size = DUE;
    load.due = calloc(DUE, sizeof *load.due);
    load.epoll = epoll_create1(0);
    read_people(words[6]);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    epoll_ctl(load.epoll, EPOLL_CTL_ADD, 0, &event);
    fcntl(0, F_SETFL, O_NONBLOCK);
    for (;;) {
        ssize_t length = read(0, line, sizeof line - 1);
        if (!length) return 0;
        if (length < 0) {
            poll_once(-1);
            continue;
        }
        line[length] = 0;
        epoll_ctl(load.epoll, EPOLL_CTL_DEL, 0, &event);
        char *rest;
        for (char *one = strtok_r(line, "\n", &rest); one; one = strtok_r(NULL, "\n", &rest)) obey(one);
        epoll_ctl(load.epoll, EPOLL_CTL_ADD, 0, &event);
    }
}
