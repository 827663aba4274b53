import QuantCore
import QuantTestSupport
import Testing

@Suite("Decimals to Float32")
struct DecimalScanTests {
  /// The number that a whole text spells, by the same steps as the reader takes.
  private func float(_ text: String) -> Float? {
    let bytes = Array(text.utf8)
    let span = bytes.span
    let scan = DecimalScan(span, from: 0, to: span.count)
    guard span.count > 0, scan.end == span.count else { return nil }
    let powers = DecimalScan.powersOfTen
    let quick = scan.quickValue(powers.span)
    return quick.isNaN ? scan.exactValue(span, 0..<span.count) : quick
  }

  @Test("Reads every usual spelling")
  func spellings() {
    #expect(float("1") == 1)
    #expect(float("-1.5") == -1.5)
    #expect(float("+3") == 3)
    #expect(float("-.5") == -0.5)
    #expect(float("5.") == 5)
    #expect(float("1e5") == 100_000)
    #expect(float("2.5E-1") == 0.25)
    #expect(float("1e+2") == 100)
    #expect(float("007.250") == 7.25)
    #expect(float("-0")?.sign == .minus)
    #expect(float("0e999999999999999999999") == 0)
    #expect(float("1e-999999999999999999999") == 0)
    #expect(float("1e999999999999999999999") == .infinity)
  }

  @Test(
    "Rejects what is no decimal",
    arguments: [
      "", ".", "-", "+", "e5", "1e", "1e+", "1_000", "0x10", "1,5", "inf", "nan", "--1", "+-1",
      "1.2.3", "1 2", "1f", "1e5.0", "１", "½", " 1", "1 ",
    ])
  func rejects(text: String) {
    #expect(float(text) == nil)
  }

  @Test("Rounds the hard cases of the fixture as exact arithmetic does")
  func fixture() throws {
    let lines = try FileBytes.fields(FixtureFile.path("decimals/decimals.txt"))
    #expect(lines.count > 4000)
    for line in lines {
      let expected = try #require(UInt32(line[0], radix: 16))
      let found = try #require(float(line[1]))
      #expect(found.bitPattern == expected, "\(line[1])")
    }
  }

  @Test("Agrees with the standard library on random decimals", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<30_000 {
      let text = RandomDecimal.next(&random)
      let expected = try #require(Float(text))
      let found = try #require(float(text))
      #expect(found.bitPattern == expected.bitPattern, "\(text), seed \(seed)")
    }
  }

  @Test("Reads back every shortest description of a float")
  func descriptions() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<30_000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      if value.isFinite {
        #expect(float(value.description)?.bitPattern == value.bitPattern, "\(value)")
      }
    }
  }
}
