internal import QuantCore

/// The rows of a sample, copied out of a binned window once for a fit, so that they lie side by side.
///
/// Where a configuration asks for fewer bins than the window has, neighbouring bins are merged on the
/// way; the window itself stays as it is.
struct BinnedSample: Sendable {
  /// Number of rows.
  let count: Int
  /// Codes of each block, 16 bytes a row.
  let blocks: [[UInt8]]
  /// For each place of a feature the upper boundaries of its bins.
  let boundaries: [[Float]]
  /// For each place of a feature the number of bins of values.
  let binCounts: [Int]

  /// - Complexity: O(rows x columns), one byte a value.
  init(_ matrix: BinnedMatrix, rows: [Int32], maximumBins: Int, threads: Int) {
    let first = matrix.window.rows.lowerBound
    let merged = matrix.mappers.map { mapper in
      mapper.binCount > maximumBins ? mapper.merged(bins: maximumBins) : nil
    }
    boundaries = zip(matrix.mappers, merged).map { $1?.boundaries ?? $0.boundaries }
    binCounts = zip(matrix.mappers, boundaries).map { $0.binCount == 0 ? 0 : $1.count + 1 }
    count = rows.count
    let width = BinnedMatrix.blockWidth
    blocks = ParallelFor.map(count: matrix.blocks.count, threads: threads) { block in
      let source = matrix.blocks[block]
      var codes = copyRows(source.span, rows: rows.span, firstRow: first)
      for place in 0..<min(width, merged.count - block * width) {
        guard let table = merged[block * width + place]?.codes else { continue }
        var target = codes.mutableSpan
        for row in rows.indices {
          target[row * width + place] = table[Int(target[row * width + place])]
        }
      }
      return codes
    }
  }
}

private func copyRows(_ codes: Span<UInt8>, rows: Span<Int32>, firstRow: Int) -> [UInt8] {
  let width = BinnedMatrix.blockWidth
  var copy = [UInt8](repeating: 0, count: rows.count * width)
  var target = copy.mutableSpan
  for index in rows.indices {
    let first = (Int(rows[index]) - firstRow) * width
    let source = codes.extracting(first..<first + width)
    for place in 0..<width { target[index &* width &+ place] = source[place] }
  }
  return copy
}
