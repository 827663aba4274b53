/// Where the histograms of a block grow while rows are added.
///
/// Sums are packed until a word could overflow. A word holds 4,096 rows, but a bin gets few of them:
/// every few thousand rows the counts are looked at, and only a column with a full bin moves its sums to
/// wide words.
struct BlockAccumulator {
  /// 0 wherever no row was added since the last harvest.
  private var packed = [Int64](repeating: 0, count: HistogramSlot.size)
  private var gradients: [Int64] = []
  private var others: [Int64] = []
  private var places: [Int] = []
  /// Rows since the last harvest.
  private(set) var rows = 0
  /// Rows in the fullest bin at most.
  private var fullest = 0
  /// Whether wide words hold a part of the sums of a column.
  private var isWide = [Bool](repeating: false, count: BinnedMatrix.blockWidth)

  /// Chooses the columns of the block by place.
  mutating func begin(places: [Int]) { self.places = places }

  /// Adds the rows of a batch.
  mutating func add(_ batch: borrowing RowBatch, plane: Int) {
    if places.isEmpty { return }
    if fullest + batch.rowCount > PackedSum.rowLimit { makeRoom() }
    Self.accumulate(batch, plane, places, into: &packed)
    fullest += batch.rowCount
    rows += batch.rowCount
  }

  private static func accumulate(
    _ batch: borrowing RowBatch, _ plane: Int, _ places: [Int], into packed: inout [Int64]
  ) {
    var target = packed.mutableSpan
    batch.accumulate(plane: plane, places: places.span, into: &target)
  }

  /// Leaves room for one more batch in every bin.
  private mutating func makeRoom() {
    if gradients.isEmpty {
      gradients = [Int64](repeating: 0, count: HistogramSlot.size)
      others = gradients
    }
    fullest = 0
    for column in places.indices {
      let first = column * HistogramSlot.stride
      let count = countBits(packed.span, from: first, count: HistogramSlot.stride)
      if count + RowBatch.limit <= PackedSum.rowLimit {
        fullest = max(fullest, count)
      } else {
        Self.widen(&packed, first, &gradients, &others, first)
        isWide[column] = true
      }
    }
  }

  /// Gives the packed words of a small node away for others, which become zeros.
  mutating func harvest(packed slot: inout [Int64]) {
    precondition(rows <= PackedSum.rowLimit, "packed words hold fewer rows")
    precondition(slot.count == packed.count)
    (rows, fullest) = (0, 0)
    swap(&packed, &slot)
    Self.clear(&packed)
  }

  private static func clear(_ words: inout [Int64]) {
    var span = words.mutableSpan
    for index in span.indices { span[index] = 0 }
  }

  /// Adds the sums to wide words, which leaves zeros here.
  mutating func harvest(gradients slot: inout [Int64], others slotOthers: inout [Int64]) {
    (rows, fullest) = (0, 0)
    for column in places.indices {
      let first = column * HistogramSlot.stride
      Self.widen(&packed, first, &slot, &slotOthers, first)
      guard isWide[column] else { continue }
      Self.add(&gradients, first, to: &slot)
      Self.add(&others, first, to: &slotOthers)
      isWide[column] = false
    }
  }

  private static func widen(
    _ packed: inout [Int64], _ first: Int, _ gradients: inout [Int64], _ others: inout [Int64],
    _ start: Int
  ) {
    var source = packed.mutableSpan
    var gradient = gradients.mutableSpan
    var other = others.mutableSpan
    QuantLearners.widen(
      &source, from: first, gradients: &gradient, others: &other, at: start,
      count: HistogramSlot.stride)
  }

  /// Adds words to a slot and sets them to 0.
  private static func add(_ words: inout [Int64], _ first: Int, to slot: inout [Int64]) {
    var source = words.mutableSpan
    var target = slot.mutableSpan
    for index in first..<first + HistogramSlot.stride {
      target[index] &+= source[index]
      source[index] = 0
    }
  }
}
