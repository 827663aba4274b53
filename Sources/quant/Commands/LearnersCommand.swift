internal import QuantCore
internal import QuantLearners

extension Command {
  static let learners: Command = Command(
    "learners", "list the learners with their parameters, ranges and defaults",
    examples: [
      .init("quant learners", "all learners"),
      .init("quant learners --json", "the same for programs"),
    ],
    options: [.json]
  ) { _, console in
    let registry = LearnerRegistry.standard
    var documents: [JSONValue] = []
    for identifier in registry.identifiers {
      let fields = registry.schema(of: identifier) ?? []
      let budget = try registry.configured(LearnerDeclaration(identifier: identifier)).defaultBudget
      let isDefault = identifier == LearnerDeclaration.defaultIdentifier
      console.say(
        "\(console.output.style.bold(identifier))\(isDefault ? " (default)" : ""): at most "
          + "\(budget.maximumIterations) iterations, patience \(budget.patience), "
          + "\(budget.fixedIterations) where fixed\n")
      console.say(SchemaText.table(fields, style: console.output.style, indent: 2) + "\n")
      documents.append(
        .object([
          "name": .string(identifier), "isDefault": .bool(isDefault),
          "maximumIterations": .integer(budget.maximumIterations),
          "patience": .integer(budget.patience),
          "fixedIterations": .integer(budget.fixedIterations),
          "parameters": .array(fields.map(SchemaText.document)),
        ]))
    }
    console.json("learners", ["learners": .array(documents)])
    return .success
  }
}
