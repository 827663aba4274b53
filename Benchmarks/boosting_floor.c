// How fast this machine can be at what a boosted tree has to do: the floors of Docs/Guides/benchmarks.md.
//
// usage: cc -O2 -o floor boosting_floor.c && ./floor
//
// One thread. Prints one JSON object: updates a second of histograms whose codes come in order, or from
// rows that are far apart, and bytes a second that are read in order.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { features = 16, bins = 256, near_rows = 1 << 15, far_rows = 1 << 23, repeats = 7 };

static int64_t histograms[features * bins];
static volatile int64_t sink;

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

static uint64_t state = 1;
static uint64_t draw(void) {
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

// One add to memory for each row and feature, gradient and hessian in one word.
static void accumulate(const uint8_t *codes, size_t width, const int32_t *rows, const int64_t *words,
                       size_t count) {
  for (size_t index = 0; index < count; index++) {
    const uint8_t *row = codes + (size_t)rows[index] * width;
    const int64_t word = words[index];
    for (int feature = 0; feature < features; feature++) {
      histograms[feature * bins + row[feature]] += word;
    }
  }
}

static double rate(const uint8_t *codes, size_t width, const int32_t *rows, const int64_t *words,
                   size_t count) {
  double best = 1e9;
  for (int repeat = 0; repeat < repeats; repeat++) {
    double start = seconds();
    accumulate(codes, width, rows, words, count);
    double took = seconds() - start;
    if (took < best) best = took;
  }
  sink = histograms[17];
  return count * (double)features / best;
}

int main(void) {
  const size_t size = (size_t)far_rows * 64;
  uint8_t *codes = malloc(size);
  int32_t *rows = malloc(near_rows * sizeof *rows);
  int64_t *words = malloc(near_rows * sizeof *words);
  if (!codes || !rows || !words) return 1;
  for (size_t place = 0; place < size; place += 8) {
    *(uint64_t *)(codes + place) = draw();
  }
  for (int index = 0; index < near_rows; index++) words[index] = (int64_t)(draw() >> 20);

  for (int index = 0; index < near_rows; index++) rows[index] = index;
  double near = rate(codes, features, rows, words, near_rows);
  // 1 row in 100 of lines of 64 bytes, ascending, as in a small node of a large table; another part of
  // the table each time, so that nothing is in the caches.
  double far = 0;
  for (int repeat = 0; repeat < repeats; repeat++) {
    uint64_t row = (uint64_t)repeat * near_rows * 25;
    for (int index = 0; index < near_rows; index++) {
      row += 1 + draw() % 50;
      rows[index] = (int32_t)(row % far_rows);
    }
    double start = seconds();
    accumulate(codes, 64, rows, words, near_rows);
    double found = near_rows * (double)features / (seconds() - start);
    if (found > far) far = found;
  }
  double bandwidth = 0;
  for (int repeat = 0; repeat < repeats; repeat++) {
    const uint64_t *values = (const uint64_t *)codes;
    uint64_t a = 0, b = 0, c = 0, d = 0;
    double start = seconds();
    for (size_t place = 0; place < size / 8; place += 4) {
      a += values[place], b += values[place + 1], c += values[place + 2], d += values[place + 3];
    }
    double found = size / (seconds() - start);
    sink = (int64_t)(a + b + c + d);
    if (found > bandwidth) bandwidth = found;
  }
  printf("{\"nearUpdates\": %.4g, \"farUpdates\": %.4g, \"bytes\": %.4g}\n", near, far, bandwidth);
  return 0;
}
