import Testing

@testable import QuantLearners

/// The same bytes whatever the number of threads and the order of rows and columns.
///
/// `Tests/Long/exactness.py` does the same with fresh processes, more threads, other processors and
/// another build.
@Suite("Exactness of boosting")
struct ExactnessTests {
  static let data = ExactnessData.Kind.allCases.map { ExactnessData($0) }

  @Test("Threads change no bit", arguments: data)
  func threads(_ data: ExactnessData) throws {
    for (name, configuration) in ExactnessConfigurations.all {
      let one = try data.fit(configuration, threads: 1)
      #expect(one.trees.contains { !$0.splits.isEmpty }, "\(name) has no split: nothing is shown")
      for threads in [2, 3, 7] {
        let other = try data.fit(configuration, threads: threads)
        #expect(other.fileBytes == one.fileBytes, "\(name), \(threads) threads")
      }
    }
  }

  @Test("The order of rows and columns changes no bit", arguments: data)
  func permutations(_ data: ExactnessData) throws {
    for (index, item) in ExactnessConfigurations.all.enumerated() {
      let straight = try data.fit(item.configuration, threads: 1)
      let other = try data.permuted(seed: UInt64(index)).fit(item.configuration, threads: 2)
      #expect(straight.featureNames != other.featureNames)
      #expect(other.digest() == straight.digest(), "\(item.name)")
    }
  }

  @Test("A change of data, seed or parameter does change bits")
  func sensitivity() throws {
    // Else the tests above could compare constants.
    var digests: [String] = []
    for data in Self.data {
      digests += try ExactnessConfigurations.all.map {
        try data.fit($0.configuration, threads: 1).digest()
      }
    }
    #expect(Set(digests).count == digests.count)
  }
}
