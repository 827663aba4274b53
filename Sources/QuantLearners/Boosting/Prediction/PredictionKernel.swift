// Finding leaves and adding their values: the loops that prediction spends most of its time in.
//
// Fast because a question is answered for 128 rows by 32 instructions without a branch (`CodedTrees`),
// with intermediate results in registers. Leaf values are added row by row, in the order of the trees,
// so that the sums are those of the reference to the bit.
//
// In place of checks, indices are proven: `CodedTrees` makes columns, slots and leaf numbers from trees
// whose form has been checked, all of them inside the sizes that the preconditions compare with.

/// Adds the leaf values of some trees to the sums of a group of rows.
///
/// - Parameters:
///   - range: the trees, among all of `trees`.
///   - group: the first row of the group in the block.
func addLeafValues(
  _ trees: CodedTrees, _ range: Range<Int>, codes: [UInt8], group: Int, slots: inout [UInt8],
  _ sums: inout [Double]
) {
  let codes = unsafe codes.span.bytes
  var slotSpan = slots.mutableSpan
  var slots = unsafe slotSpan.mutableBytes
  var sums = sums.mutableSpan
  let (starts, values) = (trees.starts.span, trees.values.span)
  let (splits, chains) = (trees.splits.span, trees.chains.span)
  precondition(range.lowerBound >= 0 && range.upperBound < starts.count)
  precondition(sums.count >= group &+ PredictionBlock.groupRows)
  checkSizes(trees, codes, group, slots)
  for tree in range {
    let start = starts[tree]
    findLeaves(
      splits, chains, start, endOfChains: starts[tree &+ 1].chain, codes, group, &slots)
    addValues(values, first: start.leaf, group: group, slots, &sums)
  }
}

/// Finds the leaf of one tree for each row of a group: a byte each, in the first slot for results.
func findLeaves(
  _ trees: CodedTrees, _ tree: Int, codes: [UInt8], group: Int, slots: inout [UInt8]
) {
  let codes = unsafe codes.span.bytes
  var slotSpan = slots.mutableSpan
  var slots = unsafe slotSpan.mutableBytes
  let starts = trees.starts.span
  precondition(tree >= 0 && tree &+ 1 < starts.count)
  checkSizes(trees, codes, group, slots)
  findLeaves(
    trees.splits.span, trees.chains.span, starts[tree],
    endOfChains: starts[tree &+ 1].chain, codes, group, &slots)
}

private func checkSizes(
  _ trees: CodedTrees, _ codes: RawSpan, _ group: Int, _ slots: borrowing MutableRawSpan
) {
  precondition(group >= 0 && group % PredictionBlock.groupRows == 0)
  precondition(group < PredictionBlock.rows)
  precondition(codes.byteCount >= trees.columnCount &* PredictionBlock.rows)
  precondition(slots.byteCount >= PredictionBlock.slotBytes)
}

@inline(__always)
private func findLeaves(
  _ splits: Span<CodedSplit>, _ chains: Span<CodedChain>, _ start: CodedTrees.Start,
  endOfChains: Int, _ codes: RawSpan, _ group: Int, _ slots: inout MutableRawSpan
) {
  var split = start.split
  for index in start.chain..<endOfChains {
    let chain = unsafe chains[unchecked: index]
    var a = SIMD16<UInt8>(repeating: UInt8(truncatingIfNeeded: chain.first))
    var (b, c, d, e, f, g, h) = (a, a, a, a, a, a, a)
    let end = Int(chain.end)
    while split < end {
      let node = unsafe splits[unchecked: split]
      let (column, right) = (Int(node.column) &+ group, Int(node.right))
      a = larger(a, rightLeaves(codes, column, slots, right, node.threshold))
      b = larger(b, rightLeaves(codes, column &+ 16, slots, right &+ 16, node.threshold))
      c = larger(c, rightLeaves(codes, column &+ 32, slots, right &+ 32, node.threshold))
      d = larger(d, rightLeaves(codes, column &+ 48, slots, right &+ 48, node.threshold))
      e = larger(e, rightLeaves(codes, column &+ 64, slots, right &+ 64, node.threshold))
      f = larger(f, rightLeaves(codes, column &+ 80, slots, right &+ 80, node.threshold))
      g = larger(g, rightLeaves(codes, column &+ 96, slots, right &+ 96, node.threshold))
      h = larger(h, rightLeaves(codes, column &+ 112, slots, right &+ 112, node.threshold))
      split &+= 1
    }
    let result = Int(chain.result)
    unsafe slots.storeBytes(of: a, toUncheckedByteOffset: result, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: b, toUncheckedByteOffset: result &+ 16, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: c, toUncheckedByteOffset: result &+ 32, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: d, toUncheckedByteOffset: result &+ 48, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: e, toUncheckedByteOffset: result &+ 64, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: f, toUncheckedByteOffset: result &+ 80, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: g, toUncheckedByteOffset: result &+ 96, as: SIMD16<UInt8>.self)
    unsafe slots.storeBytes(of: h, toUncheckedByteOffset: result &+ 112, as: SIMD16<UInt8>.self)
  }
}

/// The leaves in the right subtree of the rows that go right, and 0 for the others.
@inline(__always)
private func rightLeaves(
  _ codes: RawSpan, _ column: Int, _ slots: borrowing MutableRawSpan, _ right: Int,
  _ threshold: SIMD16<Int8>
) -> SIMD16<UInt8> {
  let code = unsafe codes.unsafeLoadUnaligned(
    fromUncheckedByteOffset: column, as: SIMD16<Int8>.self)
  let leaf = unsafe slots.unsafeLoadUnaligned(
    fromUncheckedByteOffset: right, as: SIMD16<UInt8>.self)
  let none = SIMD16<UInt8>()
  return none.replacing(with: leaf, where: code .> threshold)
}

@inline(__always)
private func larger(_ left: SIMD16<UInt8>, _ right: SIMD16<UInt8>) -> SIMD16<UInt8> {
  left.replacing(with: right, where: right .> left)
}

@inline(__always)
private func addValues(
  _ values: Span<Double>, first: Int, group: Int, _ slots: borrowing MutableRawSpan,
  _ sums: inout MutableSpan<Double>
) {
  let result = PredictionBlock.resultSlot(0)
  var row = 0
  while row < PredictionBlock.groupRows {
    // Eight leaf numbers are one load.
    let leaves = unsafe slots.unsafeLoadUnaligned(
      fromUncheckedByteOffset: result &+ row, as: UInt64.self)
    for pair in 0..<4 {
      let low = Int(truncatingIfNeeded: leaves &>> UInt64(16 &* pair) & 255)
      let high = Int(truncatingIfNeeded: leaves &>> UInt64(16 &* pair &+ 8) & 255)
      let place = group &+ row &+ 2 &* pair
      unsafe sums[unchecked: place] += values[unchecked: first &+ low]
      unsafe sums[unchecked: place &+ 1] += values[unchecked: first &+ high]
    }
    row &+= 8
  }
}
