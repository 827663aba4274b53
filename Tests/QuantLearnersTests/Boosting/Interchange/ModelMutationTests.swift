import QuantCore
import Testing

@testable import QuantLearners

/// A short form of `Tests/Long/models.py`: damaged files are refused, or predict without a crash.
@Suite("Damaged models of other programs")
struct ModelMutationTests {
  private static let names = [
    "lightgbm-binary.txt", "lightgbm-none.txt", "lightgbm-zero.txt", "xgboost-logistic.json",
    "xgboost-logistic.ubj", "xgboost-dart.ubj",
  ]

  /// How many of some damaged files are accepted; each that is must predict.
  private func accepted(_ count: Int, _ damage: (Int) -> [UInt8]) -> Int {
    (0..<count).count { index in
      guard let model = try? ModelProbe.model(damage(index)) else { return false }
      #expect(model.probeScores().count == ModelProbe.rows)
      return true
    }
  }

  @Test("Flipped bits", arguments: names)
  func flips(name: String) throws {
    let bytes = try ModelProbe.fixture(name)
    var random = SplitMix64(seed: 1)
    let count = accepted(250) { _ in
      var bytes = bytes
      bytes[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
      return bytes
    }
    // Most flips change a digit of a number, or a byte of one, which no format without checksum notices.
    #expect((1..<250).contains(count))
  }

  @Test("Numbers that are exchanged for others", arguments: names.filter { !$0.hasSuffix(".ubj") })
  func edits(name: String) throws {
    let text = String(decoding: try ModelProbe.fixture(name), as: UTF8.self)
    let numbers = text.ranges(of: /-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/)
    let others = ["0", "-1", "1", "7", "2147483647", "-2147483648", "1e300", "99", "-4", "inf"]
    var random = SplitMix64(seed: 2)
    let count = accepted(250) { _ in
      let place = numbers[Int(random.next() % UInt64(numbers.count))]
      let other = others[Int(random.next() % UInt64(others.count))]
      return Array(text.replacingCharacters(in: place, with: other).utf8)
    }
    #expect((1..<250).contains(count))
  }

  @Test("Bytes that are lost, doubled or moved", arguments: names)
  func moves(name: String) throws {
    let bytes = try ModelProbe.fixture(name)
    var random = SplitMix64(seed: 3)
    let count = accepted(150) { _ in
      let (first, second) = (
        random.next() % UInt64(bytes.count), random.next() % UInt64(bytes.count)
      )
      let (start, end) = (Int(min(first, second)), min(bytes.count, Int(min(first, second)) + 40))
      let part = bytes[start..<end]
      switch random.next() % 3 {
      case 0: return Array(bytes[..<start] + bytes[end...])
      case 1: return Array(bytes[..<end] + part + bytes[end...])
      default: return Array(bytes[..<start] + part.reversed() + bytes[end...])
      }
    }
    #expect(count < 150)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
