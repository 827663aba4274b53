internal import QuantCore

/// The rows of a sample and their codes.
///
/// A sample that is most of its window shares the codes of the window. A smaller one has a copy, so that
/// its rows lie side by side. Where a configuration asks for fewer bins than the window has,
/// neighbouring bins are merged in a copy; the window itself stays as it is.
struct BinnedSample: Sendable {
  /// Number of rows.
  let count: Int
  /// Codes of the sample, or of the window.
  let groups: [CodeGroup]
  /// Where the codes of a row stand.
  let lines: RowLines
  /// For each place of a feature what its bins stand for.
  let bins: [FeatureBins]
  /// For each place of a feature the number of bins of values.
  let binCounts: [Int]

  /// - Complexity: O(rows x columns), one byte a value, where a copy is made.
  init(_ matrix: BinnedMatrix, rows: [Int32], maximumBins: Int, threads: Int) {
    let merged = matrix.mappers.map { mapper in
      mapper.binCount > maximumBins ? mapper.merged(bins: maximumBins) : nil
    }
    bins = zip(matrix.mappers, merged).map { $1?.bins ?? $0.bins }
    binCounts = zip(matrix.mappers, bins).map { $0.binCount == 0 ? 0 : $1.count }
    count = rows.count
    let places = RowLines(rows, first: matrix.window.rows.lowerBound)
    let isMerged = merged.contains { $0 != nil }
    guard isMerged || 2 * rows.count < matrix.window.rows.count else {
      groups = matrix.groups
      lines = places
      return
    }
    lines = RowLines([], first: 0)
    groups = matrix.groups.map { CodeGroup(features: $0.features, rowCount: rows.count) }
    let tables = merged.map { $0?.codes ?? (0..<256).map { UInt8($0) } }
    let chunks = CodeGroup.chunks(rows.count)
    let groups = groups
    ParallelFor.run(count: groups.count * chunks.count, threads: threads) { index in
      let (chunk, number) = index.quotientAndRemainder(dividingBy: groups.count)
      let features = groups[number].features
      let source = matrix.groups[number].codes
      groups[number].codes.withSlice(chunk) { codes, _ in
        copyRows(
          source.span, width: features.count, rows: chunks[chunk], places,
          tables: isMerged ? Array(tables[features].joined()) : [], into: &codes)
      }
    }
  }

  /// The group of a feature.
  func group(of feature: Int) -> CodeGroup { groups[feature / CodeGroup.limit] }

  /// The codes of one feature.
  func column(_ feature: Int) -> CodeColumn {
    CodeColumn(group(of: feature), feature: feature)
  }
}

/// Copies the codes of some rows; where there are tables, 256 codes for each feature, through them.
private func copyRows(
  _ source: Span<UInt8>, width: Int, rows: Range<Int>, _ lines: RowLines, tables: [UInt8],
  into target: inout MutableSpan<UInt8>
) {
  for (index, row) in rows.enumerated() {
    let first = lines.line(row) * width
    let codes = source.extracting(first..<first + width)
    let start = index * width
    if tables.isEmpty {
      for place in codes.indices { target[start &+ place] = codes[place] }
    } else {
      for place in codes.indices {
        target[start &+ place] = tables[place &* 256 &+ Int(codes[place])]
      }
    }
  }
}
