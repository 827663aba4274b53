/// The columns of a table while its chunks are parsed: each chunk fills rows of its own.
package struct ColumnStore: Sendable {
  /// Where the numbers go.
  package enum Numbers: Sendable {
    /// One array for each column, cut into chunks.
    case columns([DisjointSlices<Float>])
    /// One column-major array; slice `column * chunks + chunk`.
    case matrix(DisjointSlices<Float>, chunks: Int)
  }

  /// Where the values of one other column go.
  package enum Cells: Sendable {
    case wide(DisjointSlices<Int64>)
    case narrow(DisjointSlices<Int32>)
    case bytes(DisjointSlices<UInt8>)
  }

  package var numbers: Numbers
  package let cells: [Cells]

  /// Makes room for the chunks of a file.
  package init(_ plan: TablePlan, _ layout: ChunkLayout, asMatrix: Bool, threads: Int) {
    let ranges = layout.chunks.map(\.rows)
    let capacity = layout.capacity
    if asMatrix {
      let slices = (0..<plan.numberCount).flatMap { column in
        ranges.map { column * capacity + $0.lowerBound..<column * capacity + $0.upperBound }
      }
      numbers = .matrix(
        DisjointSlices(repeating: .nan, count: capacity * plan.numberCount, ranges: slices),
        chunks: ranges.count)
    } else {
      numbers = .columns(
        ParallelFor.map(count: plan.numberCount, threads: threads) { _ in
          DisjointSlices(repeating: .nan, count: capacity, ranges: ranges)
        })
    }
    cells = plan.cellActions.map { action in
      switch action {
      case .integer: .wide(DisjointSlices(repeating: 0, count: capacity, ranges: ranges))
      case .boolean: .bytes(DisjointSlices(repeating: 0, count: capacity, ranges: ranges))
      default: .narrow(DisjointSlices(repeating: 0, count: capacity, ranges: ranges))
      }
    }
  }

  /// Copies a block of rows to rows `row…` of a chunk; slot s of the block starts at `s * stride`.
  package func put(
    chunk: Int, row: Int, count: Int, stride: Int, numbers block: Span<Float>,
    cells cellBlock: Span<Int64>
  ) {
    switch numbers {
    case .columns(let columns):
      for slot in columns.indices {
        columns[slot].withSlice(chunk) { slice, _ in
          Self.copy(block, slot * stride, count, to: &slice, row)
        }
      }
    case .matrix(let matrix, let chunks):
      let columns = chunks == 0 ? 0 : matrix.count / chunks
      for slot in 0..<columns {
        matrix.withSlice(slot * chunks + chunk) { slice, _ in
          Self.copy(block, slot * stride, count, to: &slice, row)
        }
      }
    }
    for slot in cells.indices {
      let first = slot * stride
      switch cells[slot] {
      case .wide(let column):
        column.withSlice(chunk) { slice, _ in Self.copy(cellBlock, first, count, to: &slice, row) }
      case .narrow(let column):
        column.withSlice(chunk) { slice, _ in
          for index in 0..<count {
            slice[row + index] = Int32(truncatingIfNeeded: cellBlock[first + index])
          }
        }
      case .bytes(let column):
        column.withSlice(chunk) { slice, _ in
          for index in 0..<count {
            slice[row + index] = UInt8(truncatingIfNeeded: cellBlock[first + index])
          }
        }
      }
    }
  }

  @inline(__always)
  private static func copy<Element: BitwiseCopyable>(
    _ block: Span<Element>, _ first: Int, _ count: Int, to slice: inout MutableSpan<Element>,
    _ row: Int
  ) {
    for index in 0..<count { slice[row + index] = block[first + index] }
  }
}
