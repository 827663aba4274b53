import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("Recipes that compare firms of one decision date")
struct CrossSectionTests {
  private let nan = Float.nan

  private func run(_ recipe: String, _ values: [Float]) throws -> [Float] {
    try RecipeRun.last(
      "[{recipe: 'level', of: 'x'}, {recipe: '\(recipe)', of: 'x'}]",
      in: MemoryRecipeContext(oneDate: ["x": values]))
  }

  @Test("Ranks run from 0 to 1, ties share the mean, missing stays missing, one firm has 0.5")
  func rank() throws {
    #expect(sameFeature(try run("rank", [30, 10, nan, 20, 20]), [1, 0, nan, 0.5, 0.5]))
    #expect(sameFeature(try run("rank", [1, 1, 2]), [0.25, 0.25, 1]))
    #expect(sameFeature(try run("rank", [nan, 7, nan]), [nan, 0.5, nan]))
    #expect(sameFeature(try run("rank", [nan, nan]), [nan, nan]))
    #expect(sameFeature(try run("rank", [4, 4, 4]), [0.5, 0.5, 0.5]))
    // -0 is 0; negative numbers sort by value.
    #expect(sameFeature(try run("rank", [0, -0.0, -2, -1, 5]), [0.625, 0.625, 0, 0.25, 1]))
  }

  @Test("Z-scores of 1, 2, 3 and missing: ∓√(3/2); a constant is 0")
  func zscore() throws {
    #expect(sameFeature(try run("zscore", [1, 2, 3, nan]), [-1.2247449, 0, 1.2247449, nan]))
    #expect(sameFeature(try run("zscore", [0.1, 0.1, 0.1]), [0, 0, 0]))
    #expect(sameFeature(try run("zscore", [nan, 5]), [nan, 0]))
    #expect(sameFeature(try run("zscore", [nan, nan]), [nan, nan]))
  }

  @Test("Quartiles of 0, 1, 2, 3, 104 are 1 and 3; between places they are linear")
  func winsorize() throws {
    func winsorize(_ values: [Float], _ lower: Double, _ upper: Double) throws -> [Float] {
      try RecipeRun.last(
        """
        [{recipe: 'level', of: 'x'},
         {recipe: 'winsorize', of: 'x', lower: \(lower), upper: \(upper)}]
        """, in: MemoryRecipeContext(oneDate: ["x": values]))
    }
    #expect(
      sameFeature(try winsorize([104, 0, nan, 1, 2, 3], 0.25, 0.75), [3, 1, nan, 1, 2, 3]))
    #expect(sameFeature(try winsorize([0, 10], 0.25, 0.9), [2.5, 9]))
    #expect(sameFeature(try winsorize([7], 0.25, 0.75), [7]))
    #expect(sameFeature(try winsorize([nan, nan], 0.25, 0.75), [nan, nan]))
    #expect(sameFeature(try winsorize([3, -1, 2], 0, 1), [3, -1, 2]))
  }

  @Test("A decision date sees no other date")
  func datesApart() throws {
    let one: [Float] = [3, 1, 2], other: [Float] = [100, nan, -5]
    let both = MemoryRecipeContext(columns: ["x": zip(one, other).map { [$0, $1] }])
    for recipe in ["rank", "zscore", "winsorize"] {
      let text = "[{recipe: 'level', of: 'x'}, {recipe: '\(recipe)', of: 'x'}]"
      #expect(
        sameFeature(try RecipeRun.last(text, in: both), try run(recipe, one) + run(recipe, other)))
    }
  }

  @Test("Permuting the firms of a date permutes the results, to the last bit")
  func permutations() throws {
    for seed in UInt64(1)...30 {
      var random = SplitMix64(seed: seed)
      let count = Int(random.next() % 200) + 1
      let values = (0..<count).map { _ in
        random.next() % 5 == 0
          ? nan : Float(random.normal() * (random.next() % 3 == 0 ? 1e6 : 1)).rounded()
      }
      let order = Array(0..<count).shuffled(using: &random)
      for recipe in ["rank", "zscore", "winsorize"] {
        let straight = try run(recipe, values)
        let permuted = try run(recipe, order.map { values[$0] })
        #expect(
          permuted.map(\.bitPattern) == order.map { straight[$0].bitPattern },
          "\(recipe), seed \(seed)")
      }
    }
  }

  @Test("Ranks equal counting: firms below, plus half of the other ties")
  func naiveRanks() throws {
    for seed in UInt64(1)...30 {
      var random = SplitMix64(seed: seed)
      let count = Int(random.next() % 120) + 2
      let values = (0..<count).map { _ in
        random.next() % 6 == 0 ? nan : Float(Int(random.next() % 40)) - 20
      }
      let present = values.filter { !$0.isNaN }
      let expected = values.map { value -> Float in
        if value.isNaN { return nan }
        if present.count == 1 { return 0.5 }
        let below = present.count { $0 < value }, ties = present.count { $0 == value }
        return Float((Double(below) + Double(ties - 1) / 2) / Double(present.count - 1))
      }
      #expect(sameFeature(try run("rank", values), expected), "seed \(seed)")
    }
  }

  @Test("Ranks ignore monotone transformations; z-scores scale and shift; winsorized stays inside")
  func laws() throws {
    for seed in UInt64(1)...20 {
      var random = SplitMix64(seed: seed)
      let values = (0..<60).map { _ in Float(Int(random.next() % 2000)) - 1000 }
      #expect(sameFeature(try run("rank", values), try run("rank", values.map { $0 * $0 * $0 })))
      let flipped = try run("rank", values.map { -$0 })
      #expect(
        zip(try run("rank", values), flipped).allSatisfy { ($0 + $1 - 1).magnitude < 1e-6 })
      // A power of two changes no bit.
      #expect(sameFeature(try run("zscore", values), try run("zscore", values.map { $0 * 8 })))
      let clipped = try run("winsorize", values)
      #expect((clipped.min() ?? 0) >= (values.min() ?? 0), "seed \(seed)")
      #expect((clipped.max() ?? 0) <= (values.max() ?? 0), "seed \(seed)")
      #expect(clipped.count { !values.contains($0) } <= 2, "seed \(seed)")
    }
  }

  @Test("The order-preserving words give values and places back")
  func ascending() {
    let values: [Float] = [
      3, -1, .nan, -.greatestFiniteMagnitude, 0, .leastNonzeroMagnitude, -0.0,
      .greatestFiniteMagnitude,
    ]
    let ascending = AscendingValues(values.span)
    let places = (0..<ascending.count).map { ascending.place($0) }
    #expect(places == [3, 1, 4, 6, 5, 0, 7])
    for position in 0..<ascending.count {
      #expect(ascending.value(position) == values[places[position]])
    }
  }
}
