"""`certmend completion`: the script that lets a shell complete certmend's words."""

import click

from certmend import suggestions, terminal

_EXAMPLES = """\b
  bash   certmend completion bash \\
           > ~/.local/share/bash-completion/completions/certmend
  zsh    certmend completion zsh > ~/.zfunc/_certmend
         (with `fpath+=(~/.zfunc)` before `compinit` in ~/.zshrc)
  fish   certmend completion fish > ~/.config/fish/completions/certmend.fish

For the shell that is open: `source <(certmend completion bash)`, the same with zsh, and in fish
`certmend completion fish | source`.
"""


@click.command(short_help="Print the script that makes TAB work in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands, options, rules, causes and scenarios."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"the installed click completes nothing for {shell}")
    program = click.get_current_context().find_root().command
    terminal.out(kind(program, {}, "certmend", suggestions.VARIABLE).source())


completion.help = f"{completion.help}\n\n{_EXAMPLES}"
