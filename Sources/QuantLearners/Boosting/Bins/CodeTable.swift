// Coding values by a search in sorted boundaries. Fast because the table always has 256 entries, so
// that eight steps without a branch find the place, and the steps of neighbouring rows overlap. Numbers
// are compared as integers of the same order (`FloatOrder`), whose difference has the sign that is
// needed. It assumes boundaries ascend strictly; the table is filled up with the largest key.

/// The boundaries of a feature, laid out for coding.
struct CodeTable: Sendable {
  private let keys: [UInt32]

  init(_ boundaries: [Float]) {
    precondition(boundaries.count < 256)
    let keys = boundaries.map { FloatOrder.key($0) }
    self.keys = keys + [UInt32](repeating: .max, count: 256 - keys.count)
  }

  /// Codes values into one byte of every `width`.
  func encode(
    _ values: Span<Float>, into codes: inout MutableSpan<UInt8>, width: Int, place: Int
  ) {
    precondition(place < width && codes.count >= values.count * width)
    let table = keys.span
    precondition(table.count == 256)
    for row in values.indices {
      let value = values[row]
      let key = Int(FloatOrder.key(value))
      var code = 0
      var step = 128
      // The number of boundaries below the value, bit by bit; `code + step` is at most 255.
      while step > 0 {
        let difference = Int(table[(code &+ step &- 1) & 255]) &- key
        code &+= (difference &>> 63) & step
        step &>>= 1
      }
      codes[row &* width &+ place] =
        value.isNaN ? BinMapper.missingCode : UInt8(truncatingIfNeeded: code)
    }
  }
}
