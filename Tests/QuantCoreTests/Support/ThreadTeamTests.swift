import Testing

@testable import QuantCore

@Suite("ThreadTeam")
struct ThreadTeamTests {
  private struct Failure: Error, Hashable {
    var index: Int
  }

  @Test("Thousands of short loops give what they give without a team")
  func loops() {
    let sums = ThreadTeam.with(threads: 2) {
      (0..<5_000).map { round in
        ParallelFor.map(count: 7, threads: 2) { $0 * round }.reduce(0, +)
      }
    }
    #expect(sums == (0..<5_000).map { 21 * $0 })
  }

  @Test("A loop inside a loop, and a team inside a team, run too")
  func nested() {
    let rows = ThreadTeam.with(threads: 2) {
      ThreadTeam.with(threads: 2) {
        ParallelFor.map(count: 4, threads: 2) { row in
          ParallelFor.map(count: 5, threads: 2) { row * 10 + $0 }
        }
      }
    }
    #expect(rows == (0..<4).map { row in (0..<5).map { row * 10 + $0 } })
  }

  @Test("Errors of the lowest index and of the work come through, and the next team works")
  func errors() {
    for _ in 0..<50 {
      #expect(throws: Failure(index: 3)) {
        try ThreadTeam.with(threads: 2) { () throws(Failure) in
          try ParallelFor.run(count: 9, threads: 2) { (index) throws(Failure) in
            if index == 3 { throw Failure(index: index) }
          }
        }
      }
    }
    #expect(
      ThreadTeam.with(threads: 64) { ParallelFor.map(count: 3, threads: 64) { $0 } } == [0, 1, 2])
    #expect(ThreadTeam.with(threads: 1) { 5 } == 5)
  }
}
