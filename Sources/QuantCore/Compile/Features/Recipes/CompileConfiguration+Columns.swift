extension CompileConfiguration {
  /// Every name under which a recipe may read a numeric column: `column` where one source has it,
  /// `source.column` always.
  public var columnNames: [String] {
    var count: [String: Int] = [:]
    for source in fundamentals {
      for column in source.values { count[column, default: 0] += 1 }
    }
    return fundamentals.flatMap { source in
      source.values.flatMap { column in
        (count[column] == 1 ? [column] : []) + ["\(source.name).\(column)"]
      }
    }
  }
}
