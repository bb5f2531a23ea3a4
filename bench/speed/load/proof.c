/* Device proofs (ES256) by a client that has no time for elliptic curves: for each proof the driver
 * chose k beforehand and wrote down r = x(kG), a = 1/k and b = r * key / k. What is left when the
 * nonce is known is one SHA-256 and s = a * hash + b, modulo the order of the curve. */
#include <stdio.h>
#include <string.h>
#include "load.h"

static const uint64_t ORDER[4] = {0xf3b9cac2fc632551u, 0xbce6faada7179e84u, 0xffffffffffffffffu,
                                  0xffffffff00000000u};

static int subtract(uint64_t out[4], const uint64_t a[4], const uint64_t b[4]) {
    unsigned __int128 borrow = 0;
    for (int i = 0; i < 4; i++) {
        unsigned __int128 d = (unsigned __int128)a[i] - b[i] - borrow;
        out[i] = (uint64_t)d;
        borrow = (d >> 64) & 1;
    }
    return (int)borrow;
}

static void add(uint64_t out[4], const uint64_t a[4], const uint64_t b[4]) {
    unsigned __int128 sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += (unsigned __int128)a[i] + b[i];
        out[i] = (uint64_t)sum;
        sum >>= 64;
    }
    uint64_t less[4];
    int borrow = subtract(less, out, ORDER);
    if (sum || !borrow) memcpy(out, less, sizeof less);
}

static void times(uint64_t out[4], const uint64_t a[4], const uint64_t b[4]) {
    uint64_t sum[4] = {0};
    for (int bit = 255; bit >= 0; bit--) {
        add(sum, sum, sum);
        if (a[bit / 64] >> (bit % 64) & 1) add(sum, sum, b);
    }
    memcpy(out, sum, sizeof sum);
}

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void block(uint32_t h[8], const unsigned char *p) {
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(v, h, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
        uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[i] + w[i];
        uint32_t s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
        uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) h[i] += v[i];
}

static void sha256(uint64_t number[4], const char *data, size_t length) {
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    unsigned char end[128] = {0};
    size_t whole = length / 64 * 64, rest = length - whole;
    for (size_t at = 0; at < whole; at += 64) block(h, (const unsigned char *)data + at);
    memcpy(end, data + whole, rest);
    end[rest] = 0x80;
    int size = rest < 56 ? 64 : 128;
    for (int i = 0; i < 8; i++) end[size - 1 - i] = (unsigned char)(length * 8 >> (8 * i));
    for (int at = 0; at < size; at += 64) block(h, end + at);
    for (int i = 0; i < 4; i++) number[3 - i] = (uint64_t)h[2 * i] << 32 | h[2 * i + 1];
}

int base64url(char *out, const unsigned char *data, int length) {
    static const char *signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int size = 0;
    for (int i = 0; i < length; i += 3) {
        uint32_t three = (uint32_t)data[i] << 16;
        if (i + 1 < length) three |= (uint32_t)data[i + 1] << 8;
        if (i + 2 < length) three |= data[i + 2];
        int signs_left = length - i >= 3 ? 4 : length - i + 1;
        for (int j = 0; j < signs_left; j++) out[size++] = signs[three >> (18 - 6 * j) & 63];
    }
    out[size] = 0;
    return size;
}

/* `which`: 0 for the join, 1 for the hello; each is good once. `out`: 2 KiB. The length. */
int prove(char *out, const struct person *who, int which, const char *use, const char *nonce) {
    char claims[700];
    int length = snprintf(claims, sizeof claims,
                          "{\"nonce\":\"%s\",\"aud\":\"%s\",\"slug\":\"%s\",\"pid\":\"%s\","
                          "\"attempt\":\"%s\",\"use\":\"%s\"}",
                          nonce, load.origin, load.slug, who->pid, which ? "" : who->attempt, use);
    int size = sprintf(out, "%s.", who->header);
    size += base64url(out + size, (unsigned char *)claims, length);
    uint64_t hash[4], s[4];
    sha256(hash, out, (size_t)size);
    uint64_t less[4];
    if (!subtract(less, hash, ORDER)) memcpy(hash, less, sizeof hash);
    times(s, who->a[which], hash);
    add(s, s, who->b[which]);
    unsigned char signature[64];
    memcpy(signature, who->r[which], 32);
    for (int i = 0; i < 32; i++) signature[32 + i] = (unsigned char)(s[3 - i / 8] >> (56 - i % 8 * 8));
    out[size++] = '.';
    return size + base64url(out + size, signature, 64);
}
