/*
 * Scores transactions for fraud with a small neural network in fixed-point arithmetic: the same bits everywhere. The
 * model stays private but for its digest, so that a bank can show that it applied the model it was audited with.
 *
 * Numbers have 12 fractional bits. Hidden layers are ReLU, the last one goes through a piecewise linear sigmoid.
 * Input: size of the model in bytes (u32), model, count (u32, at most 65536), for each transaction its features (i32).
 * Model: layers (u32, 1 to 8), the widths of input and layers (u32 each, 1 to 256, the last one 1), then for each layer
 * the weights (i16, one row for each output) and the biases (i32).
 * Journal: SHA-256 of the model, count (u32), how many score at least one half (u32), the scores (u16, 4096 is 1).
 */
#include "aver.h"
#include "sample.h"
#include "zkvm_accelerators.h"

#define FRACTION 12
#define ONE (1 << FRACTION)
#define MAX_LAYERS 8
#define MAX_WIDTH 256
#define MAX_COUNT 65536

/* Weights and biases where they lie in the input, perhaps misaligned: rows of 2-byte numbers need not end at a word. */
struct layer {
    const uint8_t *weights;
    const uint8_t *biases;
    uint32_t inputs;
    uint32_t outputs;
};

struct model {
    struct layer layers[MAX_LAYERS];
    uint32_t depth;
};

static inline int16_t load_i16(const uint8_t *from) {
    int16_t value;
    memcpy(&value, from, sizeof value);
    return value;
}

static inline int32_t load_i32(const uint8_t *from) {
    int32_t value;
    memcpy(&value, from, sizeof value);
    return value;
}

static uint32_t take_width(struct reader *in) {
    uint32_t width = take_u32(in);
    if (width < 1 || width > MAX_WIDTH) refuse(EXIT_MALFORMED, "a layer width that is not 1 to 256");
    return width;
}

static struct model read_model(struct reader in) {
    struct model model;
    model.depth = take_u32(&in);
    if (model.depth < 1 || model.depth > MAX_LAYERS) refuse(EXIT_MALFORMED, "a model without 1 to 8 layers");
    uint32_t inputs = take_width(&in);
    for (uint32_t i = 0; i < model.depth; i++) {
        model.layers[i].inputs = inputs;
        model.layers[i].outputs = inputs = take_width(&in);
    }
    if (inputs != 1) refuse(EXIT_MALFORMED, "a model whose last layer is not of width 1");
    for (uint32_t i = 0; i < model.depth; i++) {
        struct layer *layer = &model.layers[i];
        layer->weights = take(&in, 2 * (size_t)layer->inputs * layer->outputs);
        layer->biases = take(&in, 4 * (size_t)layer->outputs);
    }
    expect_end(&in);
    return model;
}

static int32_t saturate(int64_t value) {
    return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

/* At most 256 products below 2^46 and a bias below 2^43: no overflow in 64 bits. */
static void apply(const struct layer *layer, const int32_t *in, int32_t *out) {
    const uint8_t *weight = layer->weights;
    for (uint32_t o = 0; o < layer->outputs; o++) {
        int64_t sum = (int64_t)load_i32(layer->biases + 4 * o) * ONE;
        for (uint32_t i = 0; i < layer->inputs; i++, weight += 2) sum += (int64_t)load_i16(weight) * in[i];
        out[o] = saturate(sum >> FRACTION);
    }
}

/* The logistic function in straight pieces with slopes 1/4, 1/8, 1/32 and 0: nowhere off by more than 0.019 (Amin,
 * Curtis, Hayes-Gill, "Piecewise linear approximation applied to nonlinear function of a neural network", 1997). */
static uint16_t sigmoid(int32_t x) {
    int64_t size = x < 0 ? -(int64_t)x : x;
    int64_t y = size >= 5 * ONE          ? ONE
            : size >= 19 * ONE / 8       ? size / 32 + 27 * ONE / 32
            : size >= ONE                ? size / 8 + 5 * ONE / 8
                                         : size / 4 + ONE / 2;
    return x < 0 ? ONE - y : y;
}

static uint16_t score(const struct model *model, const uint8_t *features) {
    int32_t a[MAX_WIDTH], b[MAX_WIDTH], *in = a, *out = b;
    for (uint32_t i = 0; i < model->layers[0].inputs; i++) in[i] = load_i32(features + 4 * i);
    for (uint32_t l = 0; l < model->depth; l++) {
        apply(&model->layers[l], in, out);
        if (l + 1 < model->depth) {
            for (uint32_t o = 0; o < model->layers[l].outputs; o++) out[o] = out[o] < 0 ? 0 : out[o];
        }
        int32_t *free = in;
        in = out;
        out = free;
    }
    return sigmoid(in[0]);
}

int main(void) {
    struct reader in = open_input();
    uint32_t model_size = take_u32(&in);
    const uint8_t *model_bytes = take(&in, model_size);
    struct model model = read_model((struct reader){model_bytes, model_size});
    uint32_t count = take_u32(&in);
    if (count > MAX_COUNT) refuse(EXIT_MALFORMED, "more than 65536 transactions");
    size_t row = 4 * (size_t)model.layers[0].inputs;
    const uint8_t *features = take(&in, count * row);
    expect_end(&in);

    static uint16_t scores[MAX_COUNT];
    uint32_t suspicious = 0;
    aver_region_begin("inference");
    for (uint32_t i = 0; i < count; i++) {
        scores[i] = score(&model, features + i * row);
        suspicious += scores[i] >= ONE / 2;
    }
    aver_region_end();

    zkvm_sha256_hash digest;
    zkvm_sha256(model_bytes, model_size, &digest);
    print_hex("model: ", digest.data, 32);
    printf("%u of %u transactions look like fraud\n", suspicious, count);
    write_output(digest.data, 32);
    write_output((const uint8_t *)&count, sizeof count);
    write_output((const uint8_t *)&suspicious, sizeof suspicious);
    write_output((const uint8_t *)scores, count * sizeof scores[0]);
    return 0;
}
