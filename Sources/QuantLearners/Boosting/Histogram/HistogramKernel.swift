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

/// Copies the codes of some lines of a group side by side, 16 of each line to each of some planes.
///
/// - Parameters:
///   - codes: the group, `width` bytes a line and 16 more at the end.
///   - lines: the lines, each below `limit`.
///   - steps: which 16 bytes of a line; step s begins at byte 16 s.
///   - planes: one for each step, `stride` bytes each; line i has 16 bytes at 16 i.
func gather(
  codes: Span<UInt8>, width: Int, limit: Int, lines: Span<Int32>, steps: Range<Int>,
  into planes: inout MutableSpan<UInt8>, stride: Int
) {
  precondition(steps.lowerBound >= 0 && steps.count <= 4 && steps.upperBound &* 16 < width &+ 16)
  precondition(codes.count >= limit &* width &+ 16 && limit <= Int32.max)
  precondition(stride >= lines.count &* 16 && planes.count >= steps.count &* stride)
  var largest: UInt32 = 0
  for index in lines.indices {
    largest = max(largest, unsafe UInt32(bitPattern: lines[unchecked: index]))
  }
  precondition(lines.isEmpty || Int(largest) < limit, "a line outside of its group")
  let first = steps.lowerBound &* 16
  switch steps.count {
  case 4: copy(codes, width, lines, first, 4, &planes, stride)
  case 3: copy(codes, width, lines, first, 3, &planes, stride)
  case 2: copy(codes, width, lines, first, 2, &planes, stride)
  case let count: copy(codes, width, lines, first, count, &planes, stride)
  }
}

@inline(__always)
private func copy(
  _ codes: Span<UInt8>, _ width: Int, _ lines: Span<Int32>, _ first: Int, _ steps: Int,
  _ planes: inout MutableSpan<UInt8>, _ stride: Int
) {
  let source = unsafe codes.bytes
  var target = unsafe planes.mutableBytes
  for index in lines.indices {
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
