/*
 * Answers a question about a JSON document without showing the document.
 *
 * Input: a query, a line feed, a document (document.h says how strict it is read). A query is a verb and a path:
 *   count PATH   how many values the path leads to
 *   sum PATH     the exact sum of the numbers it leads to, which have at most six decimals and no exponent
 *   get PATH     the one value it leads to, as written in the document
 * A path starts with $ and goes on with .name, [index] or [*], in any number; a name is of letters, digits, _ and -.
 * A path that leads nowhere in some branch skips that branch.
 * Journal: SHA-256 of the document, the query, a line feed, the answer. Exit code 3 if the query has no answer: a sum
 * over something else than such numbers or beyond 64 bits, a get without exactly one value.
 */
#include <stdbool.h>

#include "aver.h"
#include "document.h"
#include "sample.h"
#include "zkvm_accelerators.h"

#define UNIT 1000000l  /* sums are computed in millionths */

struct query {
    enum { COUNT, SUM, GET } verb;
    const char *path;
    const char *end;
};

struct answer {
    uint64_t count;
    int64_t sum;
    const struct value *last;
};

static bool name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static struct query parse_query(const char *line, const char *end) {
    static const char *const VERBS[] = {"count $", "sum $", "get $"};
    for (int verb = COUNT; verb <= GET; verb++) {
        size_t size = strlen(VERBS[verb]);
        if ((size_t)(end - line) >= size && memcmp(line, VERBS[verb], size) == 0) {
            return (struct query){verb, line + size, end};
        }
    }
    refuse(EXIT_MALFORMED, "the query is not count, sum or get with a path from $");
}

/* A number in millionths. Its syntax is known to be JSON's. */
static int64_t millionths(const struct value *value) {
    const char *at = value->text, *end = value->text + value->size;
    bool negative = *at == '-';
    int64_t result = 0;
    int decimals = -1;  /* none yet: before the point */
    for (at += negative; at < end; at++) {
        if (*at == '.') {
            decimals = 0;
            continue;
        }
        if (*at == 'e' || *at == 'E') refuse(EXIT_REJECTED, "a number with an exponent");
        if (decimals == 6) refuse(EXIT_REJECTED, "a number with too many decimals");
        decimals += decimals >= 0;
        int digit = negative ? '0' - *at : *at - '0';
        if (__builtin_mul_overflow(result, 10, &result) || __builtin_add_overflow(result, digit, &result)) {
            refuse(EXIT_REJECTED, "a number too large to sum");
        }
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 6; i++) {
        if (__builtin_mul_overflow(result, 10, &result)) refuse(EXIT_REJECTED, "a number too large to sum");
    }
    return result;
}

static void arrive(const struct query *query, const struct value *value, struct answer *answer) {
    answer->count++;
    answer->last = value;
    if (query->verb != SUM) return;
    if (value->type != NUMBER) refuse(EXIT_REJECTED, "a sum over something else than numbers");
    if (__builtin_add_overflow(answer->sum, millionths(value), &answer->sum)) {
        refuse(EXIT_REJECTED, "the sum is too large");
    }
}

static const char *expect(const struct query *query, const char *at, char c) {
    if (at == query->end || *at != c) refuse(EXIT_MALFORMED, "the path is not of .name, [index] and [*]");
    return at + 1;
}

static void walk(const struct query *query, const char *at, const struct value *value, struct answer *answer);

static void walk_member(const struct query *query, const char *at, const struct value *value, struct answer *answer) {
    const char *name = at;
    while (at < query->end && name_char(*at)) at++;
    if (at == name) refuse(EXIT_MALFORMED, "a path with an empty name");
    if (value->type != OBJECT) return;
    for (const struct value *member = value->first; member != NULL; member = member->next) {
        if (member->name_size == (size_t)(at - name) && memcmp(member->name, name, at - name) == 0) {
            walk(query, at, member, answer);
        }
    }
}

static void walk_elements(const struct query *query, const char *at, const struct value *value, struct answer *answer) {
    bool all = at < query->end && *at == '*';
    uint64_t index = 0;
    if (all) {
        at++;
    } else {
        const char *digits = at;
        for (; at < query->end && *at >= '0' && *at <= '9'; at++) index = index * 10 + (*at - '0');
        if (at == digits || at - digits > 9) refuse(EXIT_MALFORMED, "a path with an index that is not of 1 to 9 digits");
    }
    at = expect(query, at, ']');
    if (value->type != ARRAY) return;
    uint64_t i = 0;
    for (const struct value *element = value->first; element != NULL; element = element->next, i++) {
        if (all || i == index) walk(query, at, element, answer);
    }
}

static void walk(const struct query *query, const char *at, const struct value *value, struct answer *answer) {
    if (at == query->end) {
        arrive(query, value, answer);
    } else if (*at == '.') {
        walk_member(query, at + 1, value, answer);
    } else {
        walk_elements(query, expect(query, at, '['), value, answer);
    }
}

static size_t print_millionths(char *to, size_t room, int64_t value) {
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    size_t size = snprintf(to, room, "%s%lu.%06lu", value < 0 ? "-" : "", magnitude / UNIT, magnitude % UNIT);
    while (to[size - 1] == '0') size--;
    return to[size - 1] == '.' ? size - 1 : size;
}

int main(void) {
    struct reader in = open_input();
    const char *input = (const char *)in.next;
    size_t size = in.left;
    const char *line_end = size == 0 ? NULL : memchr(input, '\n', size);
    if (line_end == NULL) refuse(EXIT_MALFORMED, "no query line");
    struct query query = parse_query(input, line_end);
    const char *text = line_end + 1;
    size_t text_size = input + size - text;

    aver_region_begin("parse");
    const struct value *root = document_parse(text, text_size);
    aver_region_end();
    if (root == NULL) refuse(EXIT_MALFORMED, "not a JSON document");

    aver_region_begin("query");
    struct answer answer = {0};
    walk(&query, query.path, root, &answer);
    aver_region_end();
    char number[32];
    const char *result = number;
    size_t result_size;
    if (query.verb == GET) {
        if (answer.count != 1) refuse(EXIT_REJECTED, "the path does not lead to exactly one value");
        result = answer.last->text;
        result_size = answer.last->size;
    } else if (query.verb == SUM) {
        result_size = print_millionths(number, sizeof number, answer.sum);
    } else {
        result_size = snprintf(number, sizeof number, "%lu", answer.count);
    }

    zkvm_sha256_hash digest;
    zkvm_sha256((const uint8_t *)text, text_size, &digest);
    fwrite(result, 1, result_size, stdout);
    putchar('\n');
    write_output(digest.data, 32);
    write_output((const uint8_t *)input, text - input);
    write_output((const uint8_t *)result, result_size);
    return 0;
}
