/// Compiles the panel of firms and decision dates that a configuration describes.
///
/// ```swift
/// let compiler = FirmPanelCompiler(configuration: configuration, baseDirectory: "data")
/// let outcome = try compiler.panel(in: ArtifactStore(root: "cache"))
/// outcome.panel.rowCount
/// outcome.isCacheHit        // true the second time
/// ```
public struct FirmPanelCompiler: PanelCompiler {
  /// What is compiled.
  public let configuration: CompileConfiguration
  /// The folder that relative file names count from.
  public let baseDirectory: String
  /// The recipes that the configuration may name.
  public let recipes: RecipeRegistry
  /// Decoders for compressed inputs, such as gzip.
  public let decoders: [any ContentDecoder]
  /// Formats of tables other than delimited text, chosen by the end of the file name.
  public let formats: [any TableFileFormat]
  /// The number of threads; results do not depend on it.
  public let threads: Int
  /// The commit the program was built from, for the manifest.
  public let codeCommit: String

  /// Creates a compiler.
  public init(
    configuration: CompileConfiguration, baseDirectory: String,
    recipes: RecipeRegistry = .standard, decoders: [any ContentDecoder] = [],
    formats: [any TableFileFormat] = [],
    threads: Int = ParallelFor.availableThreads, codeCommit: String = "unknown"
  ) {
    self.configuration = configuration
    self.baseDirectory = baseDirectory
    self.recipes = recipes
    self.decoders = decoders
    self.formats = formats
    self.threads = max(1, threads)
    self.codeCommit = codeCommit
  }

  /// The files of the configuration with their digests.
  public func inputs(
    rememberedBy store: ArtifactStore?, progress: (CompileProgress) -> Void
  ) throws(CompileError) -> [ManifestInput] {
    let digests = InputDigests(store)
    let files = InputTables.files(of: configuration)
    var inputs: [ManifestInput] = []
    for (index, file) in files.enumerated() {
      progress(
        CompileProgress(stage: .hashing, detail: file, completed: index, total: files.count))
      inputs.append(
        try CompileError.storing { () throws(StorageError) in
          try digests.input(file, path: InputTables.path(file, in: baseDirectory))
        })
    }
    return inputs
  }

  /// The key: inputs, configuration, and the versions of compile, layout and recipes.
  public func fingerprint(of inputs: [ManifestInput]) throws(CompileError) -> Fingerprint {
    try .panel(
      configuration: configuration, inputs: inputs, recipes: try recipeVersions(resolvedRecipes()))
  }

  /// Reads the tables, runs all stages and writes the files.
  public func compile(
    into directory: String, inputs: [ManifestInput], fingerprint: Fingerprint,
    progress: (CompileProgress) -> Void
  ) throws(CompileError) {
    if PhaseGuard.isTraining { throw .insideTraining }
    let content = try content(of: HeldTables(), progress: progress)
    let writer = PanelWriter(content: content, configuration: configuration, directory: directory)
    try CompileError.storing { () throws(StorageError) in
      try writer.write { detail, completed, total in
        progress(
          CompileProgress(stage: .writing, detail: detail, completed: completed, total: total))
      }
    }
    try writer.writeManifest(
      inputs: inputs, recipes: recipeVersions(try resolvedRecipes()), fingerprint: fingerprint,
      codeCommit: codeCommit, threads: threads)
  }

  /// Reads the tables that are not held in memory.
  func tables(_ held: HeldTables = HeldTables()) -> InputTables {
    InputTables(
      configuration: configuration, baseDirectory: baseDirectory,
      reader: TableReader(threads: threads, decoders: decoders, formats: formats), held: held)
  }

  /// The content of the panel, with tables in memory in place of the files that they stand for.
  func content(
    of held: HeldTables, progress: (CompileProgress) -> Void
  ) throws(CompileError) -> PanelContent {
    try checkNames()
    return try PanelPipeline(tables(held), recipes: try resolvedRecipes(), threads: threads)
      .content(progress: progress)
  }

  private func resolvedRecipes() throws(CompileError) -> [any FeatureRecipe] {
    do throws(ConfigurationError) {
      return try recipes.recipes(
        for: configuration.features, columns: configuration.columnNames)
    } catch {
      throw .configuration(error)
    }
  }

  private func recipeVersions(_ resolved: [any FeatureRecipe]) -> [String] {
    resolved.map { "\(type(of: $0).identifier)@\(type(of: $0).version)" }
  }

  /// Names that would hide one another in columns and files.
  private func checkNames() throws(CompileError) {
    let names = configuration.fundamentals.map(\.name)
    for (index, name) in names.enumerated() where names.firstIndex(of: name) != index {
      throw .configuration(
        ConfigurationError(
          parameter: "compile.fundamentals[\(index)].name", value: "'\(name)', given twice",
          accepted: "one name for each source"))
    }
    let first = configuration.fundamentals[0]
    for key in first.keyNames {
      if FundamentalsSource.reservedKeys.contains(key) || !FirmPanelCompiler.isMember(key) {
        throw .configuration(
          ConfigurationError(
            parameter: "compile.fundamentals[0].keys", value: "'\(key)'",
            accepted: "letters, digits and _ - . other than "
              + FundamentalsSource.reservedKeys.joined(separator: ", ")))
      }
    }
  }

  private static func isMember(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 200
      && name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }
}
