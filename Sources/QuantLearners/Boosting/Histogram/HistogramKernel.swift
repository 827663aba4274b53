// Adding rows to histograms: the loop that boosting spends most of its time in.
//
// Fast because a row costs one load of its word and, for each feature, one load of a code and one add
// to memory; gradient, hessian and count ride in one word (`PackedSum`). That is one add a cycle, which
// is as many as a processor stores to its first-level cache, where the histograms of the at most 16
// features of a block stay: 32 KB. The codes of a row are neighbours, but rows of a small node are far
// from each other: they are first copied side by side, 2,048 at a time (`RowBatch`), in a loop so short
// that the processor waits for many of them at once.
//
// Checks of bounds made these loops 1.8 times as slow and a whole fit a third slower (measured on 41,000
// rows x 200 features), so that the indices are proven instead: places of features are below 16, codes
// below 256, lines below their number by a precondition on the largest.

/// Looks up the words of some rows.
///
/// - Parameters:
///   - quanta: the quanta of all rows of the sample.
///   - words: one for each of `rows`.
func loadWords(_ rows: Span<Int32>, quanta: Span<Int32>, into words: inout MutableSpan<Int64>) {
  precondition(words.count >= rows.count)
  precondition(isBelow(quanta.count, rows), "a row outside of its sample")
  for index in rows.indices {
    let row = unsafe Int(rows[unchecked: index])
    unsafe words[unchecked: index] = PackedSum.word(quanta[unchecked: row])
  }
}

/// Whether all numbers are at least 0 and below a limit.
@inline(__always)
private func isBelow(_ limit: Int, _ numbers: Span<Int32>) -> Bool {
  var largest: UInt32 = 0
  for index in numbers.indices {
    largest = max(largest, unsafe UInt32(bitPattern: numbers[unchecked: index]))
  }
  return numbers.isEmpty || Int(largest) < limit
}

/// Copies the codes of some lines of a group side by side, 16 of each line to each of some planes.
///
/// - Parameters:
///   - codes: the group, `width` bytes a line and 16 more at the end.
///   - lines: the lines, each below `limit`.
///   - steps: which 16 bytes of a line; step s begins at byte 16 s.
///   - planes: one for each step, `stride` bytes each; line i has 16 bytes at 16 i.
/// - Returns: A number that depends on every line, so that none is left out.
func gather(
  codes: Span<UInt8>, width: Int, limit: Int, lines: Span<Int32>, steps: Range<Int>,
  into planes: inout MutableSpan<UInt8>, stride: Int
) -> UInt8 {
  precondition(steps.lowerBound >= 0 && steps.count <= 4 && steps.upperBound &* 16 < width &+ 16)
  precondition(codes.count >= limit &* width &+ 16 && limit <= Int32.max)
  precondition(stride >= lines.count &* 16 && planes.count >= steps.count &* stride)
  precondition(isBelow(limit, lines), "a line outside of its group")
  let first = steps.lowerBound &* 16
  var (touched, start): (UInt8, Int) = (0, 0)
  while start < lines.count {
    let part = start..<min(start &+ fetchedLines, lines.count)
    if isSpread(lines, part, width) { touched &+= touch(codes, width, lines, part, first) }
    switch steps.count {
    case 4: copy(codes, width, lines, part, first, 4, &planes, stride)
    case 3: copy(codes, width, lines, part, first, 3, &planes, stride)
    case 2: copy(codes, width, lines, part, first, 2, &planes, stride)
    case let count: copy(codes, width, lines, part, first, count, &planes, stride)
    }
    start = part.upperBound
  }
  return touched
}

/// Lines that are fetched before they are copied: 16 KB, a third of the first-level cache.
private let fetchedLines = 256

/// Whether lines that ascend are, on average, further apart than those of the cache.
@inline(__always)
private func isSpread(_ lines: Span<Int32>, _ part: Range<Int>, _ width: Int) -> Bool {
  (Int(lines[part.upperBound &- 1]) &- Int(lines[part.lowerBound])) &* width >= part.count &* 64
}

/// Reads a byte of each line.
///
/// A line of a sparse node comes from memory. In a loop as short as this one the processor waits for
/// dozens of them at once, and copying then finds them near: twice as fast as copying alone.
@inline(__always)
private func touch(
  _ codes: Span<UInt8>, _ width: Int, _ lines: Span<Int32>, _ part: Range<Int>, _ first: Int
) -> UInt8 {
  var sum: UInt8 = 0
  for index in part {
    let start = unsafe Int(lines[unchecked: index]) &* width &+ first
    unsafe sum &+= codes[unchecked: start]
  }
  return sum
}

@inline(__always)
private func copy(
  _ codes: Span<UInt8>, _ width: Int, _ lines: Span<Int32>, _ part: Range<Int>, _ first: Int,
  _ steps: Int, _ planes: inout MutableSpan<UInt8>, _ stride: Int
) {
  let source = unsafe codes.bytes
  var target = unsafe planes.mutableBytes
  for index in part {
    let start = unsafe Int(lines[unchecked: index]) &* width &+ first
    for step in 0..<steps {
      let lanes = unsafe source.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start &+ step &* 16, as: SIMD2<UInt64>.self)
      unsafe target.storeBytes(
        of: lanes, toUncheckedByteOffset: step &* stride &+ index &* 16, as: SIMD2<UInt64>.self)
    }
  }
}

/// Adds the words of rows to the histograms of some columns of a block.
///
/// Where the number of columns is a constant, the loop over them is unrolled. Most trees use most
/// columns.
///
/// - Parameters:
///   - codes: 16 bytes for each row.
///   - words: the word of each row.
///   - places: the columns by place in the block, at most 16, ascending.
///   - histograms: 256 words for each column, in the order of `places`.
func accumulate(
  codes: Span<UInt8>, words: Span<Int64>, places: Span<Int>,
  into histograms: inout MutableSpan<Int64>
) {
  precondition(codes.count >= words.count &* 16 && histograms.count >= places.count &* 256)
  for index in places.indices { precondition(places[index] >= 0 && places[index] < 16) }
  switch places.count {
  case 16: accumulateAll(codes, words, &histograms)
  case 15: accumulateSome(codes, words, places, 15, &histograms)
  case 14: accumulateSome(codes, words, places, 14, &histograms)
  case 13: accumulateSome(codes, words, places, 13, &histograms)
  case 12: accumulateSome(codes, words, places, 12, &histograms)
  case 11: accumulateSome(codes, words, places, 11, &histograms)
  case 10: accumulateSome(codes, words, places, 10, &histograms)
  case let count: accumulateSome(codes, words, places, count, &histograms)
  }
}

/// All 16 columns: the places are constants, and the loop over them is unrolled.
private func accumulateAll(
  _ codes: Span<UInt8>, _ words: Span<Int64>, _ histograms: inout MutableSpan<Int64>
) {
  var index = 0
  while index < words.count {
    let first = index &* 16
    let word = unsafe words[unchecked: index]
    for column in 0..<16 {
      let code = unsafe Int(codes[unchecked: first &+ column])
      unsafe histograms[unchecked: column &* 256 &+ code] &+= word
    }
    index &+= 1
  }
}

/// The first `count` of some columns.
@inline(__always)
private func accumulateSome(
  _ codes: Span<UInt8>, _ words: Span<Int64>, _ places: Span<Int>, _ count: Int,
  _ histograms: inout MutableSpan<Int64>
) {
  var index = 0
  while index < words.count {
    let first = index &* 16
    let word = unsafe words[unchecked: index]
    for column in 0..<count {
      let code = unsafe Int(codes[unchecked: first &+ places[unchecked: column]])
      unsafe histograms[unchecked: column &* 256 &+ code] &+= word
    }
    index &+= 1
  }
}
