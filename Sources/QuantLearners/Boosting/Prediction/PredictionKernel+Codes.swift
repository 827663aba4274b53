// Coding values: counting the thresholds that each exceeds.
//
// Up to 32 thresholds are compared one by one with 16 values at a time, in vectors of four. More are cut
// into groups of 16 and of 4: the last of each 16 are compared one by one, then the last of each 4 of a
// group, then the thresholds of a group of 4. These four lie side by side and are one load, and four
// values are looked up together. A search by halves has less to compare, but its steps wait for each
// other, and compilers turn it into branches that are guessed wrong half of the time.
//
// Comparisons are those of floats: -0 is 0, NaN exceeds nothing, and infinities need no care. Bounds are
// not checked: places are counts of compared thresholds, and tables have a fixed size.

/// Codes the values of a block of rows.
///
/// - Parameters:
///   - range: the places of the values, one for each row of a block.
///   - source: says what codes mean and which columns of `codes` are written.
func encodeValues(
  _ values: [Float], _ range: Range<Int>, _ source: CodeSource, into codes: inout [UInt8]
) {
  let values = values.span.extracting(range)
  var codeSpan = codes.mutableSpan
  var codes = unsafe codeSpan.mutableBytes
  precondition(values.count == PredictionBlock.rows)
  let last = max(source.lowColumn, source.highColumn)
  precondition(last >= 0 && codes.byteCount >= (last &+ 1) &* PredictionBlock.rows)
  let (thresholds, groups) = (source.thresholds.span, source.groups.span)
  let isGrouped = !groups.isEmpty
  precondition(!isGrouped || groups.count == ThresholdGroups.size)
  let leading = (thresholds.count &+ 15) &>> 4
  let highest = SIMD16<Int32>(repeating: Int32(thresholds.count))
  var row = 0
  while row < PredictionBlock.rows {
    let lanes = unsafe values.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: row &* 4, as: SIMD16<Float>.self)
    var counts = SIMD16<Int32>()
    if isGrouped {
      counts = count(lanes, groups, leading)
      counts = refined(lanes, counts, groups, ThresholdGroups.second)
      counts = refined(lanes, counts, groups, ThresholdGroups.third)
    } else {
      counts = count(lanes, thresholds, thresholds.count)
    }
    if source.lowColumn >= 0 {
      store(counts, source.lowColumn, row, &codes)
    }
    if source.highColumn >= 0 {
      let column = counts.replacing(with: highest, where: lanes .!= lanes)
      store(column, source.highColumn, row, &codes)
    }
    row &+= 16
  }
}

/// How many of the first thresholds each value exceeds.
@inline(__always)
private func count(
  _ lanes: SIMD16<Float>, _ thresholds: Span<Float>, _ count: Int
) -> SIMD16<Int32> {
  var counts = SIMD16<Int32>()
  let one = SIMD16<Int32>(repeating: 1)
  var index = 0
  while index < count {
    let threshold = unsafe SIMD16<Float>(repeating: thresholds[unchecked: index])
    counts &+= SIMD16<Int32>().replacing(with: one, where: lanes .> threshold)
    index &+= 1
  }
  return counts
}

/// Goes from a group of thresholds to one of the four groups inside it.
@inline(__always)
private func refined(
  _ lanes: SIMD16<Float>, _ groups: SIMD16<Int32>, _ table: Span<Float>, _ first: Int
) -> SIMD16<Int32> {
  let (low, high) = (lanes.lowHalf, lanes.highHalf)
  let (lowGroups, highGroups) = (groups.lowHalf, groups.highHalf)
  return SIMD16(
    lowHalf: SIMD8(
      lowHalf: refined(low.lowHalf, lowGroups.lowHalf, table, first),
      highHalf: refined(low.highHalf, lowGroups.highHalf, table, first)),
    highHalf: SIMD8(
      lowHalf: refined(high.lowHalf, highGroups.lowHalf, table, first),
      highHalf: refined(high.highHalf, highGroups.highHalf, table, first)))
}

@inline(__always)
private func refined(
  _ lanes: SIMD4<Float>, _ groups: SIMD4<Int32>, _ table: Span<Float>, _ first: Int
) -> SIMD4<Int32> {
  let (a, b) = (four(table, first, groups.x), four(table, first, groups.y))
  let (c, d) = (four(table, first, groups.z), four(table, first, groups.w))
  let one = SIMD4<Int32>(repeating: 1)
  var counts = groups &<< 2
  counts &+= SIMD4<Int32>().replacing(with: one, where: lanes .> SIMD4(a.x, b.x, c.x, d.x))
  counts &+= SIMD4<Int32>().replacing(with: one, where: lanes .> SIMD4(a.y, b.y, c.y, d.y))
  counts &+= SIMD4<Int32>().replacing(with: one, where: lanes .> SIMD4(a.z, b.z, c.z, d.z))
  counts &+= SIMD4<Int32>().replacing(with: one, where: lanes .> SIMD4(a.w, b.w, c.w, d.w))
  return counts
}

@inline(__always)
private func four(_ table: Span<Float>, _ first: Int, _ group: Int32) -> SIMD4<Float> {
  unsafe table.bytes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: first &* 4 &+ Int(group) &* 16, as: SIMD4<Float>.self)
}

@inline(__always)
private func store(
  _ counts: SIMD16<Int32>, _ column: Int, _ row: Int, _ codes: inout MutableRawSpan
) {
  let code = SIMD16<Int8>(truncatingIfNeeded: counts &- SIMD16(repeating: 128))
  unsafe codes.storeBytes(
    of: code, toUncheckedByteOffset: column &* PredictionBlock.rows &+ row, as: SIMD16<Int8>.self)
}
