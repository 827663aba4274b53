import Testing

@Suite("Examples run and print what they compute")
struct ExampleTests {
  @Test("OneQuarter trains on earlier rows and prints a score and three firms")
  func oneQuarter() throws {
    let lines = try ExampleProgram.lines("OneQuarter")
    try #require(lines.count == 7)
    #expect(lines[0] == "panel: 1744 rows, 76 features")
    #expect(lines[1].wholeMatch(of: /trained on [1-9]\d* rows with [1-9]\d* events/) != nil)
    #expect(lines[2].wholeMatch(of: /tested on [1-9]\d* rows with [1-9]\d* events/) != nil)
    let score = try #require(lines[3].wholeMatch(of: /AUC (0\.\d+|1\.0)/))
    // Better than chance: the planted effects are there to be found.
    #expect(try #require(Double(score.1)) > 0.6)
    let probabilities = try lines[4...].enumerated().map { place, line in
      let match = try #require(
        line.wholeMatch(of: /(\d)\. firm \d{6} with probability (0\.\d+|1\.0)/))
      #expect(Int(match.1) == place + 1)
      return try #require(Double(match.2))
    }
    #expect(probabilities == probabilities.sorted(by: >))
  }

  @Test("CustomLearner scores its own learner beside that of the package, on the same rows")
  func customLearner() throws {
    let lines = try ExampleProgram.lines("CustomLearner")
    try #require(lines.count == 2)
    let own = try #require(
      lines[0].wholeMatch(of: /gaussianNaiveBayes: AUC (0\.\d+|1\.0) on (\d+) rows/))
    let package = try #require(
      lines[1].wholeMatch(of: /logisticSGD: AUC (0\.\d+|1\.0) on (\d+) rows/))
    #expect(own.2 == package.2)
    #expect(try #require(Double(own.1)) > 0.5)
  }

  @Test("CustomFeature finds its recipe in the manifest and values within its limits")
  func customFeature() throws {
    let lines = try ExampleProgram.lines("CustomFeature")
    try #require(lines.count == 3)
    #expect(lines[0] == "recipes: cashRunway@1 is the last of the manifest")
    let counts = try #require(lines[1].wholeMatch(of: /cash_runway: (\d+) of (\d+) rows .*/))
    let known = try #require(Int(counts.1))
    let rows = try #require(Int(counts.2))
    #expect(known > rows / 2 && known < rows)
    let range = try #require(lines[2].wholeMatch(of: /from (\d+\.\d+) to (\d+\.\d+) quarters/))
    #expect(try #require(Double(range.1)) >= 0)
    #expect(range.2 == "40.0")
  }
}
