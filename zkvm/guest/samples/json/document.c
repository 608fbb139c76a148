#include "document.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

struct parser {
    const char *at;
    const char *end;
};

static void *allocate(size_t size) {
    void *memory = malloc(size);
    if (memory == NULL) abort();
    return memory;
}

/* The next character, 0 at the end (a NUL in the text is valid nowhere, so the two need not be told apart). */
static char peek(const struct parser *p) {
    return p->at < p->end ? *p->at : 0;
}

static bool accept(struct parser *p, char c) {
    if (p->at == p->end || *p->at != c) return false;
    p->at++;
    return true;
}

static void skip_space(struct parser *p) {
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r')) p->at++;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool digits(struct parser *p) {
    if (!is_digit(peek(p))) return false;
    while (is_digit(peek(p))) p->at++;
    return true;
}

static bool number(struct parser *p) {
    accept(p, '-');
    if (!accept(p, '0') && !digits(p)) return false;
    if (accept(p, '.') && !digits(p)) return false;
    if (peek(p) == 'e' || peek(p) == 'E') {
        p->at++;
        if (!accept(p, '+')) accept(p, '-');
        return digits(p);
    }
    return true;
}

static bool word(struct parser *p, const char *literal) {
    size_t size = strlen(literal);
    if ((size_t)(p->end - p->at) < size || memcmp(p->at, literal, size) != 0) return false;
    p->at += size;
    return true;
}

/* Four hexadecimal digits, or -1. */
static int32_t hex4(struct parser *p) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = peek(p);
        int digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        if (digit < 0) return -1;
        value = value << 4 | digit;
        p->at++;
    }
    return value;
}

static char *put_utf8(char *to, uint32_t c) {
    if (c < 0x80) {
        *to++ = c;
    } else if (c < 0x800) {
        *to++ = 0xc0 | c >> 6;
        *to++ = 0x80 | (c & 63);
    } else if (c < 0x10000) {
        *to++ = 0xe0 | c >> 12;
        *to++ = 0x80 | (c >> 6 & 63);
        *to++ = 0x80 | (c & 63);
    } else {
        *to++ = 0xf0 | c >> 18;
        *to++ = 0x80 | (c >> 12 & 63);
        *to++ = 0x80 | (c >> 6 & 63);
        *to++ = 0x80 | (c & 63);
    }
    return to;
}

/* What follows a backslash; the code point, or -1. */
static int32_t escape(struct parser *p) {
    static const char NAMES[] = "\"\\/bfnrt", MEANINGS[] = "\"\\/\b\f\n\r\t";
    char c = peek(p);
    const char *name = c == 0 ? NULL : strchr(NAMES, c);
    if (name != NULL) {
        p->at++;
        return MEANINGS[name - NAMES];
    }
    if (!accept(p, 'u')) return -1;
    int32_t high = hex4(p);
    if (high < 0xd800 || high > 0xdfff) return high;
    if (high > 0xdbff || !accept(p, '\\') || !accept(p, 'u')) return -1;
    int32_t low = hex4(p);
    if (low < 0xdc00 || low > 0xdfff) return -1;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* A character that stands for itself: the code point, or -1 if the UTF-8 is not well-formed or it needs an escape. */
static int32_t plain(struct parser *p) {
    static const int32_t SMALLEST[] = {0, 0x80, 0x800, 0x10000};
    uint8_t first = *p->at++;
    if (first < 0x80) return first < 0x20 ? -1 : first;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc0 || first >= 0xf8 || p->end - p->at < more) return -1;
    int32_t c = first & (0x3f >> more);
    for (int i = 0; i < more; i++) {
        uint8_t next = *p->at++;
        if ((next & 0xc0) != 0x80) return -1;
        c = c << 6 | (next & 0x3f);
    }
    return c < SMALLEST[more] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? -1 : c;
}

/* A string. If decoded is not NULL, it has room for its text and receives it; *size is then its length. */
static bool string(struct parser *p, char *decoded, size_t *size) {
    if (!accept(p, '"')) return false;
    char *to = decoded;
    while (p->at < p->end) {
        if (accept(p, '"')) {
            if (decoded != NULL) *size = to - decoded;
            return true;
        }
        int32_t c = accept(p, '\\') ? escape(p) : plain(p);
        if (c < 0) return false;
        if (decoded != NULL) to = put_utf8(to, c);
    }
    return false;
}

static struct value *value(struct parser *p, int depth);

static bool member_name(struct parser *p, char **name, size_t *size) {
    struct parser ahead = *p;
    if (!string(&ahead, NULL, NULL)) return false;
    *name = allocate(ahead.at - p->at); /* no escape is shorter than what it stands for */
    return string(p, *name, size);
}

static bool has_member(const struct value *object, const char *name, size_t size) {
    for (const struct value *member = object->first; member != NULL; member = member->next) {
        if (member->name_size == size && memcmp(member->name, name, size) == 0) return true;
    }
    return false;
}

/* The values between the brackets of an array or, with names, of an object. */
static bool list(struct parser *p, struct value *parent, char close, int depth) {
    struct value **last = &parent->first;
    p->at++;
    skip_space(p);
    if (accept(p, close)) return true;
    do {
        char *name = NULL;
        size_t name_size = 0;
        skip_space(p);
        if (parent->type == OBJECT) {
            if (!member_name(p, &name, &name_size) || has_member(parent, name, name_size)) return false;
            skip_space(p);
            if (!accept(p, ':')) return false;
        }
        struct value *child = value(p, depth + 1);
        if (child == NULL) return false;
        child->name = name;
        child->name_size = name_size;
        *last = child;
        last = &child->next;
        skip_space(p);
    } while (accept(p, ','));
    return accept(p, close);
}

static bool content(struct parser *p, struct value *value, int depth) {
    switch (peek(p)) {
        case '{':
            value->type = OBJECT;
            return list(p, value, '}', depth);
        case '[':
            value->type = ARRAY;
            return list(p, value, ']', depth);
        case '"':
            value->type = STRING;
            return string(p, NULL, NULL);
        case 't':
            return word(p, "true");
        case 'f':
            return word(p, "false");
        case 'n':
            return word(p, "null");
        default:
            value->type = NUMBER;
            return number(p);
    }
}

static struct value *value(struct parser *p, int depth) {
    if (depth > MAX_DEPTH) return NULL;
    skip_space(p);
    struct value *value = allocate(sizeof *value);
    *value = (struct value){.type = LITERAL, .text = p->at};
    if (!content(p, value, depth)) return NULL;
    value->size = p->at - value->text;
    return value;
}

struct value *document_parse(const char *text, size_t size) {
    struct parser p = {text, text + size};
    struct value *root = value(&p, 1);
    skip_space(&p);
    return p.at == p.end ? root : NULL;
}
