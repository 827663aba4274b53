#!/usr/bin/env python3
"""Makes the data that the boosting benchmarks run on, from a seed.

usage: boosting_data.py --out FOLDER [--only dev,panel,tall,…] [--real FOLDER]

Each set is NAME_{X,y,w}_{train,test}.npy: features float32 in C order, labels uint8, weights float32
(only where rows are weighted), and NAME.json with what is worth knowing.

- panel: 93 quarters x 5,000 firms x 200 features to train, 13 later quarters to test. One event in a
  hundred, one value in twelve missing in blocks, features that drift. Families of features: ratios with
  heavy tails, amounts that are mostly 0, small integers, clipped scores, rounded numbers, noise.
- dev: all events of its first quarters, ten others for each, weighted; tested on the next 8 quarters.
- tall: 5,000,000 x 28 to train, 500,000 to test; half events, most columns weak, a few strong.
- adult, credit, example, bankruptcy: open data sets, if --real (or QUANT_REAL_DATA) names a folder that
  holds them as published: adult/adult_{train,test}.csv, credit_default/UCI_Credit_Card.csv,
  lightgbm_binary/binary.{train,test}, us_bankruptcy_1999_2013/bankruptcy_panel.csv (or .csv.xz).
  Text columns become codes in the order of their spelling.

The bytes are a function of the seed for one version of NumPy (see requirements.txt). Needs: numpy
"""
import argparse
import csv
import json
import lzma
import os
import sys
import time

import numpy as np

SEED = 7_404_967
QUARTERS, TEST_QUARTERS, FIRMS = 93, 13, 5_000
FACTORS = 12
TALL_ROWS, TALL_TEST_ROWS, CHUNK = 5_000_000, 500_000, 500_000


def stream(*key):
    """Random numbers of their own for each purpose, so that columns do not depend on one another."""
    return np.random.default_rng([SEED, *key])


def save(folder, name, part, x, y, w=None):
    np.save(f"{folder}/{name}_X_{part}.npy", np.ascontiguousarray(x, dtype=np.float32))
    np.save(f"{folder}/{name}_y_{part}.npy", np.asarray(y, dtype=np.uint8))
    if w is not None:
        np.save(f"{folder}/{name}_w_{part}.npy", np.asarray(w, dtype=np.float32))


def describe(folder, name, **facts):
    with open(f"{folder}/{name}.json", "w", encoding="utf-8") as file:
        json.dump(facts, file, indent=1)
    print(name, facts, flush=True)


# --- panel and dev


def firm_factors():
    """Hidden properties of firms, quarter by quarter: slow, with common shocks and a trend."""
    random = stream(1)
    quarters = QUARTERS + TEST_QUARTERS
    memory = random.uniform(0.82, 0.96, FACTORS).astype(np.float32)
    home = random.standard_normal((FIRMS, FACTORS), dtype=np.float32)
    trend = random.normal(0, 0.3, FACTORS).astype(np.float32)
    state = home + random.standard_normal((FIRMS, FACTORS), dtype=np.float32)
    economy = np.zeros(FACTORS, np.float32)
    factors = np.empty((quarters, FIRMS, FACTORS), np.float32)
    cycle = np.empty(quarters, np.float32)
    for quarter in range(quarters):
        economy = 0.9 * economy + 0.1 * random.standard_normal(FACTORS, dtype=np.float32)
        shock = random.standard_normal((FIRMS, FACTORS), dtype=np.float32)
        state = memory * state + (1 - memory) * home + np.sqrt(1 - memory**2) * shock
        factors[quarter] = state + 0.5 * economy + trend * (quarter / quarters)
        cycle[quarter] = economy[0]
    return factors.reshape(-1, FACTORS), np.repeat(cycle, FIRMS)


def families():
    """The family of each of the 200 features."""
    counts = [("ratio", 110), ("sparse", 25), ("integer", 20), ("clipped", 20), ("rounded", 15),
              ("noise", 10)]
    return [family for family, count in counts for _ in range(count)]


def shaped(family, index, base, quarter):
    """Turns a standardised mixture of factors into a feature of a family."""
    random = stream(3, index)
    if family == "ratio":
        denominator = 0.2 + np.abs(random.standard_normal(len(base), dtype=np.float32))
        return [lambda: np.sinh(base), lambda: base / denominator, lambda: np.exp(base),
                lambda: np.sign(base) * np.abs(base) ** 2.5,
                lambda: base * np.exp(0.6 * denominator)][index % 5]()
    if family == "sparse":
        level = np.quantile(base[: 20 * FIRMS], 0.3 + 0.02 * (index % 25))
        return np.where(base > level, np.exp(0.6 * base), 0)
    if family == "integer":
        steps = [2, 3, 4, 5, 6, 8, 10, 12, 20, 60][index % 10]
        return np.clip(np.floor((base + 2.5) * steps / 5), 0, steps - 1)
    if family == "clipped":
        return np.clip(base, *np.quantile(base[: 20 * FIRMS], [0.01, 0.99]))
    if family == "rounded":
        return np.round(base * (1 + quarter / 200), 2)
    return random.standard_t(3, len(base))


def missing(index, firm, quarter, factors):
    """Which values of a feature are missing: items come in statements of ten features."""
    statement = index // 10
    random = stream(4, statement)
    gone = random.random(len(firm)) < 0.015
    if statement in (3, 6, 7, 9, 11, 18):
        share = {3: 0.35, 6: 0.2, 7: 0.15, 9: 0.1, 11: 0.2, 18: 0.1}[statement]
        gone |= (random.random(FIRMS) < share)[firm]
    if statement == 8:
        gone |= quarter < 24
    if statement == 16:
        gone |= (factors[:, 3] < -0.9) & (random.random(len(firm)) < 0.7)
    return gone


def panel_events(factors, cycle, rate):
    """Draws events whose log odds are curved and interact; sets their rate."""
    f = np.tanh(factors.T)
    random = stream(5)
    odds = (0.6 * f[0] - 0.55 * f[1] + 0.6 * f[0] * (f[1] < -0.3) + 0.5 * (np.abs(f[3] - 0.4) < 0.3)
            + 0.6 * (f[4] > 0.4) * (f[5] < 0) - 0.5 * f[2] * f[6] + 0.5 * np.abs(f[7])
            + 0.4 * f[8] * f[9] + 0.25 * np.sin(2 * factors[:, 10]) + 0.5 * cycle)
    odds = (1.2 * (odds - odds.mean()) / odds.std()).astype(np.float64)
    low, high = -20.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if np.mean(1 / (1 + np.exp(-odds - middle))) > rate else (middle, high)
    return random.random(len(odds)) < 1 / (1 + np.exp(-odds - low))


def make_panel(folder):
    factors, cycle = firm_factors()
    rows = len(factors)
    quarter = np.repeat(np.arange(QUARTERS + TEST_QUARTERS, dtype=np.int16), FIRMS)
    firm = np.tile(np.arange(FIRMS, dtype=np.int32), QUARTERS + TEST_QUARTERS)
    y = panel_events(factors, cycle, 0.01)
    cut = QUARTERS * FIRMS
    names = families()
    features = {
        part: np.lib.format.open_memmap(
            f"{folder}/panel_X_{part}.npy", "w+", np.float32, (count, len(names)))
        for part, count in (("train", cut), ("test", rows - cut))}
    share = 0
    # Sixteen columns at a time, so that a row's part of them is one stretch of the file.
    for first in range(0, len(names), 16):
        block = np.empty((rows, min(16, len(names) - first)), np.float32)
        for place in range(block.shape[1]):
            index = first + place
            random = stream(2, index)
            loads = random.standard_normal(FACTORS) * (random.random(FACTORS) < 0.25)
            loads[index // 10 % FACTORS] += 0.7 * (index % 10 < 7)
            own = random.standard_normal(rows, dtype=np.float32)
            base = factors @ loads.astype(np.float32) + 0.7 * own
            values = shaped(names[index], index, base / base[: 20 * FIRMS].std(), quarter)
            block[:, place] = values
            if names[index] != "integer":
                block[missing(index, firm, quarter, factors), place] = np.nan
        share += np.isnan(block).sum()
        features["train"][:, first:first + block.shape[1]] = block[:cut]
        features["test"][:, first:first + block.shape[1]] = block[cut:]
    np.save(f"{folder}/panel_y_train.npy", y[:cut].astype(np.uint8))
    np.save(f"{folder}/panel_y_test.npy", y[cut:].astype(np.uint8))
    describe(folder, "panel", rows=cut, testRows=rows - cut, features=len(names),
             eventRate=float(y[:cut].mean()), missing=float(share / rows / len(names)))


def make_dev(folder):
    if not os.path.exists(f"{folder}/panel_X_train.npy"):
        make_panel(folder)
    x = np.load(f"{folder}/panel_X_train.npy", mmap_mode="r")
    y = np.load(f"{folder}/panel_y_train.npy")
    quarters = int(np.searchsorted(11 * np.cumsum(y.reshape(QUARTERS, FIRMS).sum(1)), 41_000)) + 1
    quarters = min(quarters, QUARTERS - 8)
    cut = quarters * FIRMS
    events, others = np.flatnonzero(y[:cut] == 1), np.flatnonzero(y[:cut] == 0)
    drawn = stream(6).choice(others, 10 * len(events), replace=False)
    rows = np.sort(np.concatenate([events, drawn]))
    weight = len(others) / len(drawn)
    save(folder, "dev", "train", x[rows], y[rows], np.where(y[rows] == 1, 1, weight))
    save(folder, "dev", "test", x[cut:cut + 8 * FIRMS], y[cut:cut + 8 * FIRMS])
    describe(folder, "dev", rows=len(rows), events=len(events), weightOfOthers=weight,
             testRows=8 * FIRMS, quarters=quarters)


# --- tall


def tall_chunk(index):
    """Rows of collisions: momenta, angles, flags, and masses that hold most of the signal."""
    random = stream(7, index)
    y = random.random(CHUNK) < 0.53
    hidden = random.standard_normal((4, CHUNK), dtype=np.float32)
    s = y.astype(np.float32)
    columns = []
    for item in range(6):
        lift = 0.08 * s * (hidden[item % 4] > 0)
        columns.append(np.exp(0.45 * random.standard_normal(CHUNK, dtype=np.float32) + lift))
    for item in range(5):
        columns.append(random.standard_normal(CHUNK, dtype=np.float32) * (1 - 0.06 * s * (item % 2)))
    for _ in range(6):
        columns.append(random.uniform(-1.75, 1.75, CHUNK))
    for item in range(4):
        level = random.random(CHUNK) + 0.05 * s * (hidden[item] > 0.5)
        columns.append(np.select([level > 0.8, level > 0.5], [2.0, 1.0], 0.0))
    for item in range(7):
        pair = np.sqrt(columns[item % 6] * columns[(item + 2) % 6])
        width = 0.22 * (1 - 0.35 * s)
        spread = width * random.standard_normal(CHUNK, dtype=np.float32) + 0.1 * hidden[item % 4]
        peak = (0.1 + 0.02 * item) * s * (hidden[(item + 1) % 4] > 0.2)
        columns.append(pair * np.exp(spread) + peak * np.abs(hidden[(item + 2) % 4]))
    return np.round(np.stack(columns, axis=1).astype(np.float32), 5), y


def make_tall(folder):
    for part, count, first in (("train", TALL_ROWS, 0), ("test", TALL_TEST_ROWS, TALL_ROWS)):
        x = np.lib.format.open_memmap(f"{folder}/tall_X_{part}.npy", "w+", np.float32, (count, 28))
        y = np.empty(count, np.uint8)
        for start in range(0, count, CHUNK):
            x[start:start + CHUNK], y[start:start + CHUNK] = tall_chunk((first + start) // CHUNK)
        np.save(f"{folder}/tall_y_{part}.npy", y)
    describe(folder, "tall", rows=TALL_ROWS, testRows=TALL_TEST_ROWS, features=28)


# --- open data sets


def table(path):
    """Header and rows of a CSV file, packed or not."""
    if os.path.exists(path):
        file = open(path, encoding="utf-8", newline="")
    elif os.path.exists(path + ".xz"):
        file = lzma.open(path + ".xz", "rt", encoding="utf-8", newline="")
    else:
        sys.exit(f"boosting_data: no {path} and no {path}.xz")
    with file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def coded(columns):
    """Columns of text as a matrix: numbers as they are, empty as NaN, other texts by their order."""
    matrix = np.empty((len(columns[0]), len(columns)), np.float32)
    for place, column in enumerate(columns):
        numbers = [number(cell) for cell in column]
        if all(value is not None or cell == "" for value, cell in zip(numbers, column)):
            matrix[:, place] = [np.nan if value is None else value for value in numbers]
        else:
            codes = {text: code for code, text in enumerate(sorted(set(column)))}
            matrix[:, place] = [codes[cell] for cell in column]
    return matrix


def make_adult(folder, real):
    (header, train), (_, test) = (table(f"{real}/adult/adult_{part}.csv") for part in ("train", "test"))
    rows = train + test
    x = coded(list(zip(*[row[:-1] for row in rows])))
    y = np.array([row[-1].strip(" .") == ">50K" for row in rows])
    save(folder, "adult", "train", x[:len(train)], y[:len(train)])
    save(folder, "adult", "test", x[len(train):], y[len(train):])
    describe(folder, "adult", rows=len(train), testRows=len(test), features=len(header) - 1)


def make_credit(folder, real):
    header, rows = table(f"{real}/credit_default/UCI_Credit_Card.csv")
    values = np.array(rows, dtype=np.float64)
    order = stream(8).permutation(len(values))
    cut = len(values) * 4 // 5
    for part, chosen in (("train", order[:cut]), ("test", order[cut:])):
        save(folder, "credit", part, values[chosen, 1:-1], values[chosen, -1])
    describe(folder, "credit", rows=cut, testRows=len(values) - cut, features=len(header) - 2)


def make_example(folder, real):
    for part in ("train", "test"):
        values = np.loadtxt(f"{real}/lightgbm_binary/binary.{part}")
        save(folder, "example", part, values[:, 1:], values[:, 0])
    describe(folder, "example", features=values.shape[1] - 1)


def make_bankruptcy(folder, real):
    header, rows = table(f"{real}/us_bankruptcy_1999_2013/bankruptcy_panel.csv")
    values = np.array(rows, dtype=np.float64)
    year, event = header.index("fyear"), header.index("bankrupt_next_year")
    features = [place for place, name in enumerate(header)
                if name not in ("firm_id", "fyear", "bankrupt_next_year")]
    last = 2008
    for part, chosen in (("train", values[:, year] <= last), ("test", values[:, year] > last)):
        save(folder, "bankruptcy", part, values[chosen][:, features], values[chosen, event])
    describe(folder, "bankruptcy", lastTrainingYear=last, features=len(features))


GENERATED = {"panel": make_panel, "dev": make_dev, "tall": make_tall}
REAL = {"adult": make_adult, "credit": make_credit, "example": make_example,
        "bankruptcy": make_bankruptcy}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("--only", help=f"of {','.join([*GENERATED, *REAL])}")
    parser.add_argument("--real", default=os.environ.get("QUANT_REAL_DATA"))
    options = parser.parse_args()
    names = options.only.split(",") if options.only else [*GENERATED, *(REAL if options.real else [])]
    os.makedirs(options.out, exist_ok=True)
    for name in names:
        start = time.monotonic()
        if name in GENERATED:
            GENERATED[name](options.out)
        elif name in REAL and options.real:
            REAL[name](options.out, options.real)
        elif name in REAL:
            sys.exit(f"boosting_data: {name} needs --real FOLDER")
        else:
            sys.exit(f"boosting_data: no set '{name}'; there are {', '.join([*GENERATED, *REAL])}")
        print(f"{name}: {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
