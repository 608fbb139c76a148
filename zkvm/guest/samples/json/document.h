/*
 * A JSON document (RFC 8259), parsed strictly: valid UTF-8, no lone surrogates, no member named twice, at most 64
 * levels.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

enum type { OBJECT, ARRAY, STRING, NUMBER, LITERAL };

/* One value. What belongs to an object or an array is a list. */
struct value {
    enum type type;
    const char *text;       /* as it stands in the document, quotes and braces included */
    size_t size;
    char *name;             /* of a member of an object, decoded to UTF-8; NULL elsewhere */
    size_t name_size;
    struct value *first;
    struct value *next;
};

/* NULL if the text is not a JSON document; the process ends (exit code 134) if memory does. */
struct value *document_parse(const char *text, size_t size);

#endif
