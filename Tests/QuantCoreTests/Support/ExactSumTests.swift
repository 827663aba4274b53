import QuantCore
import QuantTestSupport
import Testing

@Suite("ExactSum")
struct ExactSumTests {
  private func sum(_ values: [Double]) -> Double { ExactSum(values.span).value }

  private func exact(_ values: [Double]) -> ExactSum { ExactSum(values.span) }

  private func number(_ hexadecimal: String) throws -> Double {
    Double(bitPattern: try #require(UInt64(hexadecimal, radix: 16)))
  }

  @Test("A small number survives between large ones")
  func literal() {
    #expect(sum([1e100, 1, -1e100]) == 1)
    #expect(sum([0.1, 0.2, 0.3]) == 0.6)
    #expect(sum([]) == 0)
    #expect(sum([-0.0, -0.0]).sign == .plus)
  }

  @Test("Ties go to the even neighbour unless something lies below them")
  func ties() {
    #expect(sum([1, 0x1p-53]) == 1)
    #expect(sum([1 + 0x1p-52, 0x1p-53]) == 1 + 0x1p-51)
    #expect(sum([1, 0x1p-53, 0x1p-1074]) == 1 + 0x1p-52)
    #expect(sum([-1, -0x1p-53, -0x1p-1074]) == -1 - 0x1p-52)
  }

  @Test("Infinite and undefined summands")
  func specials() {
    #expect(sum([1, .infinity]) == .infinity)
    #expect(sum([1, -.infinity]) == -.infinity)
    #expect(sum([.infinity, -.infinity]).isNaN)
    #expect(sum([1, .nan, .infinity]).isNaN)
    let largest = Double.greatestFiniteMagnitude
    #expect(sum([largest, largest]) == .infinity)
    #expect(sum([-largest, -largest]) == -.infinity)
    #expect(sum([largest, largest, -largest]) == largest)
    #expect(sum([largest, 0x1p970]) == .infinity)
    #expect(sum([largest, 0x1p969]) == largest)
  }

  @Test("Equals Python's fsum on the committed cases, in every rotation")
  func python() throws {
    let cases = try FileBytes.fields(FixtureFile.path("support/sums.txt"))
    #expect(cases.count > 60)
    for fields in cases {
      let expected = try number(fields[1])
      let values = try fields.dropFirst(2).map(number)
      for start in 0..<max(1, values.count) {
        let rotated = Array(values[start...] + values[..<start])
        let found = sum(rotated)
        #expect(found.bitPattern == expected.bitPattern, "\(fields[0]) from \(start): \(found)")
      }
    }
  }

  @Test("Order, and the way it is split into partial sums, change nothing", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var values = (0..<3_000).map { _ in
      Double(bitPattern: random.next() & 0x8FFF_FFFF_FFFF_FFFF | random.next() & 0x7000 << 48)
    }.filter(\.isFinite)
    let expected = sum(values).bitPattern
    for _ in 0..<5 {
      values.shuffle(using: &random)
      #expect(sum(values).bitPattern == expected, "seed \(seed)")
      let cut = Int(random.next() % UInt64(values.count))
      var left = ExactSum(values.span.extracting(..<cut))
      left.add(ExactSum(values.span.extracting(cut...)))
      #expect(left.value.bitPattern == expected, "seed \(seed), cut \(cut)")
    }
    var cancelled = ExactSum(values.span)
    for value in values { cancelled.add(-value) }
    #expect(cancelled.value.bitPattern == 0, "seed \(seed)")
  }

  @Test("Many equal summands carry past every limb")
  func carries() {
    var sum = ExactSum()
    for _ in 0..<100_000 { sum.add(.greatestFiniteMagnitude) }
    #expect(sum.value == .infinity)
    for _ in 0..<99_999 { sum.add(-.greatestFiniteMagnitude) }
    #expect(sum.value == .greatestFiniteMagnitude)
    var small = ExactSum()
    for _ in 0..<100_000 { small.add(-0x1p-1074) }
    #expect(small.value == -0x1p-1074 * 100_000)
  }

  @Test("Doubling a sum by adding it to itself doubles the value")
  func doubling() {
    var sum = exact([0.1, 0.7, -3e-20])
    let once = sum.value
    for _ in 0..<60 { sum.add(sum) }
    #expect(sum.value == once * 0x1p60)
  }

  @Test("Specials survive a merge")
  func mergedSpecials() {
    var sum = exact([1])
    sum.add(exact([-.infinity]))
    #expect(sum.value == -.infinity)
    sum.add(exact([.infinity]))
    #expect(sum.value.isNaN)
  }
}
