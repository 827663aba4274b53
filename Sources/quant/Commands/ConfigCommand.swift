internal import QuantCore
internal import QuantLearners

extension Command {
  static let config: Command = Command(
    "config", "explain configuration files, or show one with all defaults filled in",
    examples: [
      .init("quant config schema", "every field with type, default and meaning"),
      .init("quant config show --config demo/demo.json", "the configuration as it will be used"),
    ],
    positionals: [Positional("ACTION", .choice(["schema", "show"]), "what to print")],
    options: [.config, .json]
  ) { arguments, console in
    if arguments.positional(0) == "schema" {
      if arguments.has(.config) {
        throw UsageError.conflict(
          "--config does not go with schema; accepted: quant config show --config FILE",
          command: arguments.command)
      }
      let fields = try SchemaText.allFields()
      console.say(SchemaText.list(fields, style: console.output.style, width: console.output.width))
      console.json("config schema", ["fields": .array(fields.map(SchemaText.document))])
      return .success
    }
    let inputs = try RunInputs(arguments)
    let document = try inputs.document()
    console.say(document.indentedText + "\n")
    console.json("config show", ["configuration": document])
    return .success
  }
}

extension RunInputs {
  /// The configuration with all defaults filled in, those of the learner as well, in the form of a
  /// configuration file.
  func document() throws -> JSONValue {
    let learner = try learner()
    guard case .object(var members) = RunInputs.fileForm(try JSONValue(encoding: configuration))
    else { throw CommandFailure(.bug, "a configuration is no object") }
    var parameters: [String: JSONValue] = [:]
    if case .object(let given) = learner.parameters { parameters = given }
    parameters["name"] = .string(learner.identifier)
    members["learner"] = .object(parameters)
    return .object(members)
  }

  /// In a file the parameters of a recipe stand beside its name, and the format of a table beside
  /// its columns.
  private static func fileForm(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let values): return .array(values.map(fileForm))
    case .object(var members):
      if case .object(let table)? = members["table"], table["file"] != nil {
        members["table"] = nil
        members.merge(table) { name, _ in name }
      }
      if members["recipe"] != nil, case .object(let parameters)? = members["parameters"] {
        members["parameters"] = nil
        return .object(members.merging(parameters) { name, _ in name })
      }
      return .object(members.mapValues(fileForm))
    default: return value
    }
  }
}
