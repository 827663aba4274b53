internal import QuantCore
internal import QuantLearners

/// Fields of configurations, for reading and for programs.
enum SchemaText {
  /// The fields of a whole configuration, of every recipe and of every learner.
  static func allFields() throws -> [ConfigurationReader.Field] {
    let learners = LearnerRegistry.standard
    return RunConfiguration.schema() + (try RecipeRegistry.standard.schema())
      + learners.identifiers.flatMap { name in
        (learners.schema(of: name) ?? []).map { field in
          var field = field
          field.path = "learner[\(name)]" + field.path.dropFirst("learner".count)
          return field
        }
      }
  }

  /// One block for each field: name, type and default, then the meaning.
  static func list(_ fields: [ConfigurationReader.Field], style: Style, width: Int) -> String {
    fields.map { field in
      let value = field.defaultValue.map { "default \($0.canonicalText)" } ?? "required"
      let help = HelpText.wrap(field.help, width: max(40, width - 6))
      return "\(style.bold(field.path))  \(style.dim("\(field.type); \(value)"))\n"
        + help.map { "      \($0)\n" }.joined()
    }.joined()
  }

  /// The fields as a table.
  static func table(
    _ fields: [ConfigurationReader.Field], style: Style, indent: Int
  ) -> String {
    var table = TextTable([
      .text("parameter"), .text("default"), .text("accepted"), .text("meaning"),
    ])
    for field in fields {
      table.append([
        field.path.split(separator: ".").last.map(String.init) ?? field.path,
        field.defaultValue?.canonicalText ?? "required", field.type, field.help,
      ])
    }
    return table.text(style: style, indent: indent)
  }

  /// A field for programs; `default` is absent where the field is required.
  static func document(_ field: ConfigurationReader.Field) -> JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(field.path), "type": .string(field.type), "help": .string(field.help),
    ]
    members["default"] = field.defaultValue
    members["isRequired"] = .bool(field.defaultValue == nil)
    return .object(members)
  }
}
