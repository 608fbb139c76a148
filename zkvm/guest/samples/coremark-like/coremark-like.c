/*
 * A mixed load in the spirit of CoreMark (but not CoreMark: its figures are not comparable): every iteration sorts and
 * walks a linked list, multiplies matrices, runs a state machine over text and folds the results into a CRC, from which
 * the next iteration's data come, so that nothing can be left out.
 *
 * Input: iterations (u32), seed (u32). Journal: iterations, seed, last CRC (u32 each).
 */
#include "aver.h"
#include "sample.h"

#define NODES 128
#define SIDE 16
#define TEXT 512

/* Numerical Recipes' linear congruential generator; the high bits are the good ones. */
static uint32_t draw(uint32_t *state) {
    *state = *state * 1664525 + 1013904223;
    return *state >> 16;
}

/* CRC-32 (reflected, polynomial 0xedb88320), bit by bit, of the four bytes of a word. */
static uint32_t crc_word(uint32_t crc, uint32_t word) {
    crc ^= word;
    for (int i = 0; i < 32; i++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    return crc;
}

struct node {
    struct node *next;
    int16_t key;
    uint16_t data;
};

/* Stable merge sort by key, from runs of one upwards. */
static struct node *sort(struct node *list) {
    for (int run = 1;; run *= 2) {
        struct node *left = list, *sorted = NULL, **tail = &sorted;
        int merges = 0;
        while (left != NULL) {
            struct node *right = left;
            int left_size = 0, right_size = run;
            while (left_size < run && right != NULL) {
                left_size++;
                right = right->next;
            }
            merges++;
            while (left_size > 0 || (right_size > 0 && right != NULL)) {
                int from_right = left_size == 0 || (right_size > 0 && right != NULL && right->key < left->key);
                struct node **from = from_right ? &right : &left;
                *tail = *from;
                tail = &(*from)->next;
                *from = (*from)->next;
                if (from_right) right_size--; else left_size--;
            }
            left = right;
        }
        *tail = NULL;
        list = sorted;
        if (merges <= 1) return list;
    }
}

static struct node *reverse(struct node *list) {
    struct node *reversed = NULL;
    while (list != NULL) {
        struct node *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

/* The data of the nodes in sorted order, then those of every third node from the end, and how many keys are found. */
static uint32_t run_list(uint32_t *random, uint32_t crc) {
    static struct node nodes[NODES];
    for (int i = 0; i < NODES; i++) {
        nodes[i].next = i + 1 < NODES ? &nodes[i + 1] : NULL;
        nodes[i].key = (int16_t)(draw(random) & 0xff) - 128;
        nodes[i].data = draw(random);
    }
    struct node *list = sort(nodes);
    uint32_t sum = 0;
    for (struct node *node = list; node != NULL; node = node->next) sum = sum * 31 + node->data;
    crc = crc_word(crc, sum);

    list = reverse(list);
    sum = 0;
    int i = 0;
    for (struct node *node = list; node != NULL; node = node->next) {
        if (i++ % 3 == 0) sum = sum * 31 + node->data;
    }
    crc = crc_word(crc, sum);

    uint32_t found = 0;
    for (int k = 0; k < 16; k++) {
        int16_t key = (int16_t)(draw(random) & 0xff) - 128;
        struct node *node = list;
        while (node != NULL && node->key > key) node = node->next;
        found += node != NULL && node->key == key;
    }
    return crc_word(crc, found);
}

/* The product's elements, in 32 bits that wrap around. */
static uint32_t run_matrix(uint32_t *random, uint32_t crc) {
    static int16_t a[SIDE][SIDE], b[SIDE][SIDE];
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            a[i][j] = (int16_t)draw(random);
            b[i][j] = (int16_t)draw(random);
        }
    }
    uint32_t sum = 0;
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            uint32_t element = 0;
            for (int k = 0; k < SIDE; k++) element += (uint32_t)((int32_t)a[i][k] * b[k][j]);
            sum = sum * 31 + element;
        }
    }
    return crc_word(crc, sum);
}

enum state { START, SIGN, INTEGER, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, SCIENTIFIC, INVALID, STATES };

static enum state step(enum state state, char c) {
    int digit = c >= '0' && c <= '9';
    switch (state) {
        case START:
            return digit ? INTEGER : c == '+' || c == '-' ? SIGN : c == '.' ? POINT : INVALID;
        case SIGN:
            return digit ? INTEGER : c == '.' ? POINT : INVALID;
        case INTEGER:
            return digit ? INTEGER : c == '.' ? FRACTION : c == 'e' ? EXPONENT : INVALID;
        case POINT:
            return digit ? FRACTION : INVALID;
        case FRACTION:
            return digit ? FRACTION : c == 'e' ? EXPONENT : INVALID;
        case EXPONENT:
            return digit ? SCIENTIFIC : c == '+' || c == '-' ? EXPONENT_SIGN : INVALID;
        case EXPONENT_SIGN:
        case SCIENTIFIC:
            return digit ? SCIENTIFIC : INVALID;
        default:
            return INVALID;
    }
}

/* How many of the comma-separated tokens of a random text end in each state. */
static uint32_t run_states(uint32_t *random, uint32_t crc) {
    static const char ALPHABET[] = "0123456789012345,,,,..+-e7";
    static char text[TEXT];
    for (int i = 0; i < TEXT; i++) text[i] = ALPHABET[draw(random) % (sizeof ALPHABET - 1)];
    uint32_t ended[STATES] = {0};
    enum state state = START;
    for (int i = 0; i < TEXT; i++) {
        if (text[i] == ',') {
            ended[state]++;
            state = START;
        } else {
            state = step(state, text[i]);
        }
    }
    ended[state]++;
    for (int i = 0; i < STATES; i++) crc = crc_word(crc, ended[i]);
    return crc;
}

int main(void) {
    struct reader in = open_input();
    uint32_t iterations = take_u32(&in);
    uint32_t seed = take_u32(&in);
    expect_end(&in);

    uint32_t crc = seed;
    for (uint32_t i = 0; i < iterations; i++) {
        uint32_t random = crc;
        aver_region_begin("list");
        crc = run_list(&random, crc);
        aver_region_end();
        aver_region_begin("matrix");
        crc = run_matrix(&random, crc);
        aver_region_end();
        aver_region_begin("states");
        crc = run_states(&random, crc);
        aver_region_end();
    }

    printf("%u iterations, crc %08x\n", iterations, crc);
    write_output((const uint8_t *)&iterations, sizeof iterations);
    write_output((const uint8_t *)&seed, sizeof seed);
    write_output((const uint8_t *)&crc, sizeof crc);
    return 0;
}
