import QuantCore
import Testing

@testable import QuantLearners

@Suite("Constraints in configurations")
struct ConstraintConfigurationTests {
  @Test("Constraints are read by column and by name, under our names and LightGBM's")
  func names() throws {
    #expect(
      try BoostingConfiguration(json: #"{"monotoneConstraints": [1, 0, -1]}"#).monotoneConstraints
        == .byColumn([.increasing, .free, .decreasing]))
    #expect(
      try BoostingConfiguration(json: #"{"monotone_constraints": {"a": -1}}"#).monotoneConstraints
        == .byName(["a": .decreasing]))
    let groups: InteractionConstraints = [[0, "b"], ["c"]]
    for name in ["interactionConstraints", "interaction_constraints"] {
      #expect(
        try BoostingConfiguration(json: #"{"\#(name)": [[0, "b"], ["c"]]}"#).interactionConstraints
          == groups)
    }
    #expect(try BoostingConfiguration(json: "{}").monotoneConstraints.isEmpty)
    #expect(MonotoneConstraints.byName(["a": .free]).isEmpty)
    #expect(!MonotoneConstraints.byColumn([.free, .increasing]).isEmpty)
  }

  @Test(
    "What is no constraint is refused",
    arguments: [
      #"{"monotoneConstraints": [2]}"#, #"{"monotoneConstraints": ["1"]}"#,
      #"{"monotoneConstraints": 1}"#, #"{"monotoneConstraints": {"a": 0.5}}"#,
      #"{"monotoneConstraints": [1], "monotone_constraints": [1]}"#,
      #"{"interactionConstraints": [1]}"#, #"{"interactionConstraints": {"a": []}}"#,
      #"{"interactionConstraints": [[1.5]]}"#,
    ])
  func unreadable(_ json: String) {
    #expect(throws: ConfigurationError.self) { try BoostingConfiguration(json: json) }
  }

  @Test("Constraints that do not suit the features are refused, and the error says what would")
  func unsuitable() throws {
    let data = CategoryData()
    func message(_ change: (inout BoostingConfiguration) -> Void) -> String {
      do {
        _ = try data.fit(.with(change), rows: 0..<200, iterations: 1)
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(
      message { $0.monotoneConstraints = .byColumn([.increasing]) }
        == "monotoneConstraints is a list of 1; accepted: one direction for each of 8 features")
    #expect(
      message { $0.monotoneConstraints = .byName(["featre 4": .increasing]) }
        .contains("'feature 4' (did you mean it?)"))
    #expect(
      message { $0.monotoneConstraints = .byName(["feature 1": .increasing]) }
        .contains("whose values are categories"))
    #expect(message { $0.interactionConstraints = [[0, 8]] }.contains("column 8"))
    #expect(message { $0.interactionConstraints = [[0], [-1]] }.contains("Constraints[1]"))
    #expect(message { $0.interactionConstraints = [[0], []] }.contains("an empty group"))
    #expect(message { $0.interactionConstraints = [["x"]] }.contains("feature 'x'"))
    #expect(
      message {
        $0.objective = .quantile
        $0.monotoneConstraints = .byName(["feature 4": .increasing])
      }.contains("whose leaf values know no bounds"))
    #expect(message { $0.pathSmoothing = -1 }.contains("pathSmoothing"))
    #expect(message { $0.nodeFeatureFraction = 0 }.contains("nodeFeatureFraction"))
    #expect(message { $0.oneHotCategories = 0 }.contains("oneHotCategories"))
    #expect(message { $0.categoryL2 = .nan }.contains("categoryL2"))
    #expect(message { $0.minimumRowsInCategory = 0 }.contains("minimumRowsInCategory"))
  }
}
