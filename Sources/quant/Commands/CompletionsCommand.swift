extension Command {
  static let completions: Command = Command(
    "completions", "print a completion script for a shell",
    examples: [
      .init("source <(quant completions bash)", "completion in the running bash"),
      .init(
        "quant completions fish > ~/.config/fish/completions/quant.fish", "completion in fish"),
    ],
    positionals: [Positional("SHELL", .choice(CompletionScript.shells), "the shell")]
  ) { arguments, console in
    console.output.write(CompletionScript.text(for: arguments.positional(0) ?? "bash", .quant))
    return .success
  }
}
