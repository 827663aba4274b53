import QuantCore
import Testing

@Suite("ParallelFor and DisjointSlices")
struct ParallelForTests {
  private struct Stop: Error, Equatable { var index: Int }

  @Test("Ranges cover everything once, in order, nearly equal")
  func ranges() {
    #expect(ParallelFor.ranges(of: 10, parts: 3) == [0..<3, 3..<6, 6..<10])
    #expect(ParallelFor.ranges(of: 2, parts: 5) == [0..<1, 1..<2])
    #expect(ParallelFor.ranges(of: 0, parts: 4) == [0..<0])
    #expect(ParallelFor.ranges(of: 7, parts: 0) == [0..<7])
    for count in 0..<60 {
      for parts in 1..<12 {
        let ranges = ParallelFor.ranges(of: count, parts: parts)
        #expect(ranges.flatMap { Array($0) } == Array(0..<count))
        let sizes = ranges.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      }
    }
  }

  @Test("Ranges of counts near the largest integer do not overflow")
  func largeRanges() {
    let ranges = ParallelFor.ranges(of: Int.max, parts: 7)
    #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == Int.max)
    #expect(ranges.count == 7)
  }

  @Test("Every index runs once on any number of threads", arguments: [-1, 0, 1, 2, 8, 100])
  func everyIndex(threads: Int) {
    let squares = ParallelFor.map(count: 1_000, threads: threads) { $0 * $0 }
    #expect(squares == (0..<1_000).map { $0 * $0 })
    let none = ParallelFor.map(count: 0, threads: threads) { $0 }
    #expect(none.isEmpty)
    let negative = ParallelFor.map(count: -3, threads: threads) { $0 }
    #expect(negative.isEmpty)
  }

  @Test("The error of the lowest index is thrown", arguments: [1, 2, 8])
  func lowestError(threads: Int) {
    for _ in 0..<50 {
      #expect(throws: Stop(index: 37)) {
        try ParallelFor.run(count: 500, threads: threads) { (index) throws(Stop) in
          if index >= 37 { throw Stop(index: index) }
        }
      }
    }
  }

  @Test("Slices are disjoint and together the array", arguments: [1, 2, 5])
  func slices(threads: Int) {
    let ranges = [0..<3, 3..<3, 5..<50, 50..<101]
    let cells = DisjointSlices(repeating: -1, count: 103, ranges: ranges)
    ParallelFor.run(count: cells.count, threads: threads) { part in
      cells.withSlice(part) { slice, range in
        for index in slice.indices { slice[index] = range.lowerBound + index }
      }
    }
    var expected = Array(repeating: -1, count: 103)
    for range in ranges { for index in range { expected[index] = index } }
    #expect(cells.take() == expected)
    #expect(cells.withAll { $0.count } == 103)
  }

  @Test("An error passes through a slice")
  func sliceError() {
    let cells = DisjointSlices(repeating: 0, count: 2, ranges: [0..<2])
    #expect(throws: Stop(index: 1)) {
      try cells.withSlice(0) { (_, _) throws(Stop) in throw Stop(index: 1) }
    }
  }

  @Test("The number of processors is positive")
  func processors() {
    #expect(ParallelFor.availableThreads >= 1)
  }
}
