/* What the parts of the load client share: thousands of connections in one thread, one epoll. */
#ifndef LOAD_H
#define LOAD_H
#include <stddef.h>
#include <stdint.h>

#define KEEP 512 /* bytes of a frame's payload that are looked at */

enum role { PERSON, STAFF, PEER };
enum state { CLOSED, NONCE, JOIN, UPGRADE, HELLO, PAGE, PAGE2, READY };

struct person {
    char *pid, *attempt, *header;   /* `header`: of its proofs, in base64url */
    uint64_t a[2][4], b[2][4];      /* a proof is finished with s = a * hash + b */
    unsigned char r[2][32];
};

struct conn {
    int fd, role, state, number;
    unsigned char head[14];
    int head_len, opcode, kept, cut;
    uint64_t left, length;
    char text[KEEP + 1];
    char *http;
    int http_len;
    uint64_t began, asked, due;
    struct person *who;
    struct conn *later;             /* the next one whose answer is due in the same millisecond */
};

struct load {
    int epoll, port, spinning;
    const char *slug, *origin, *token, *protocol;
    struct conn *conns;
    int made, most, people;
    struct person *persons;
    int known;
    long questions, accepted, refused, frames, bytes, pings, ready, lost;
    uint64_t first, last, idle;
    uint64_t *took;                 /* nanoseconds of each that became ready, or was accepted */
    char reply[KEEP + 1];           /* to the last command of staff */
    int answering;                  /* per thousand of the people; 0: nobody */
    int spread;                     /* milliseconds */
    long question;
    int texts;                      /* whether answers are texts */
    uint64_t began;
    struct conn **due;              /* by millisecond after `began` */
    int due_size, due_next;
};

extern struct load load;

/* wire.c */
uint64_t now(void);
void fail(const char *what, const struct conn *conn);
void open_conn(struct conn *conn, int role);
void reopen(struct conn *conn);
void http_send(struct conn *conn, const char *method, const char *path, const char *body);
void upgrade(struct conn *conn, const char *path, const char *more);
void frame_send(struct conn *conn, int opcode, const char *data, int length);
int poll_once(int milliseconds);

/* proof.c */
int prove(char *out, const struct person *who, int which, const char *use, const char *nonce);
int base64url(char *out, const unsigned char *data, int length);

/* protocols.c: what a connection does next */
void begin(struct conn *conn);
void on_http(struct conn *conn, int status, const char *head, const char *body);
void on_upgraded(struct conn *conn);
void on_frame(struct conn *conn);
void answer(struct conn *conn);
#endif
