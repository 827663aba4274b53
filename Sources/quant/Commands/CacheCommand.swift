internal import QuantCore

extension Command {
  private static let maxSize = Option(
    "max-size", "SIZE", .size, "with gc: the size that the cache may have, such as 10GB")
  private static let dryRun = Option(
    flag: "dry-run", "with gc: say what would be removed, and remove nothing")

  static let cache: Command = Command(
    "cache", "list compiled panels, or remove those not used for longest",
    examples: [
      .init("quant cache ls", "what is in the cache: size, last use, fingerprint"),
      .init("quant cache gc --max-size 10GB --dry-run", "what would have to go"),
      .init("du -sh $(quant cache path)", "the folder itself"),
    ],
    positionals: [Positional("ACTION", .choice(["ls", "gc", "path"]), "what to do")],
    options: [.cache, maxSize, dryRun, .json]
  ) { arguments, console in
    let action = arguments.positional(0) ?? ""
    let path = try CacheFolder.path(
      option: arguments.text(.cache), environment: SystemCalls.environment)
    if action != "gc", let option = [maxSize, dryRun].first(where: arguments.has) {
      throw UsageError.conflict(
        "\(option.spelling) does not go with \(action); accepted: quant cache gc",
        command: arguments.command)
    }
    if action == "path" {
      console.say(TerminalText.safe(path) + "\n")
      console.json("cache path", ["directory": .string(path)])
      return .success
    }
    let limit = arguments.size(maxSize)
    if action == "gc", limit == nil {
      throw UsageError.missingArgument(
        "--max-size SIZE, such as 10GB, or 0 for all that is not in use",
        command: arguments.command + " gc")
    }
    // Nothing is made where there is no cache yet; what is no cache is not taken for one.
    guard FileTree.isDirectory(path + "/panels") else {
      guard !FileTree.exists(path) || (try? SystemCalls.list(path)) == [] else {
        throw StorageError.foreign(
          path: path, found: "no folder 'panels'", accepted: "a cache of compiled panels")
      }
      console.note("\(path): no cache yet")
      console.json("cache \(action)", CacheReport(path).members)
      return .success
    }
    let store = try ArtifactStore(root: path)
    let all = try store.entries()
    var report = CacheReport(path, all: all)
    if let limit {
      let isRehearsal = arguments.has(dryRun)
      let cleaning = try store.clean(toBytes: limit, isRehearsal: isRehearsal)
      report.entries = cleaning.removed
      report.cleaning = (limit, isRehearsal, cleaning)
    } else {
      report.entries = all
    }
    console.say(report.text(style: console.output.style))
    console.json("cache \(action)", report.members)
    return .success
  }
}
