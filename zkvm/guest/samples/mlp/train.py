#!/usr/bin/env python3
"""Trains the fraud model of the mlp sample on made-up transactions and writes model.bin and transactions.bin.

Run once; its results are committed, since floating-point training need not give the same bits everywhere. The rule that
the model has to find: a transaction is a fraud if it is large for its customer and far from home, or if it is one of
many within an hour at an unusual time of day.
"""

import math
import random
import struct
from pathlib import Path

HERE = Path(__file__).parent
FEATURES = 12  # amount, distance, transactions within the hour, time of day (as two coordinates), and seven of noise
WIDTHS = [FEATURES, 16, 8, 1]
ONE = 1 << 12


def transaction(rng: random.Random) -> tuple[list[float], int]:
    amount, distance, frequency, hour = rng.random(), rng.random(), rng.random(), rng.random() * 2 * math.pi
    fraud = (amount > 0.6 and distance > 0.6) or (frequency > 0.7 and math.sin(hour) > 0.5)
    x = [amount, distance, frequency, math.sin(hour), math.cos(hour)]
    return x + [rng.random() * 2 - 1 for _ in range(FEATURES - len(x))], int(fraud)


def train(rng: random.Random, samples: int, epochs: int) -> list[tuple[list[list[float]], list[float]]]:
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        scale = math.sqrt(2 / inputs)
        layers.append(([[rng.gauss(0, scale) for _ in range(inputs)] for _ in range(outputs)], [0.0] * outputs))
    data = [transaction(rng) for _ in range(samples)]
    for epoch in range(epochs):
        rate = 0.05 / (1 + epoch / 4)
        rng.shuffle(data)
        for x, label in data:
            activations = [x]
            for i, (weights, biases) in enumerate(layers):
                z = [b + sum(w * a for w, a in zip(row, activations[-1])) for row, b in zip(weights, biases)]
                last = i == len(layers) - 1
                activations.append([1 / (1 + math.exp(-v)) if last else max(v, 0.0) for v in z])
            delta = [activations[-1][0] - label]
            for i in range(len(layers) - 1, -1, -1):
                weights, biases = layers[i]
                below = activations[i]
                back = [sum(d * row[j] for d, row in zip(delta, weights)) for j in range(len(below))]
                for row, d in zip(weights, delta):
                    for j, a in enumerate(below):
                        row[j] -= rate * d * a
                for o, d in enumerate(delta):
                    biases[o] -= rate * d
                delta = [b if a > 0 else 0.0 for a, b in zip(below, back)]
    return layers


def fixed(value: float) -> int:
    return round(value * ONE)


def main() -> None:
    rng = random.Random(2026)
    layers = train(rng, samples=3000, epochs=12)
    model = struct.pack(f"<{1 + len(WIDTHS)}I", len(layers), *WIDTHS)
    for weights, biases in layers:
        for row in weights:
            model += struct.pack(f"<{len(row)}h", *map(fixed, row))
        model += struct.pack(f"<{len(biases)}i", *map(fixed, biases))
    batch = [transaction(rng) for _ in range(64)]
    (HERE / "model.bin").write_bytes(model)
    (HERE / "transactions.bin").write_bytes(b"".join(struct.pack(f"<{FEATURES}i", *map(fixed, x)) for x, _ in batch))
    print("labels of the batch:", "".join(str(label) for _, label in batch))


if __name__ == "__main__":
    main()
