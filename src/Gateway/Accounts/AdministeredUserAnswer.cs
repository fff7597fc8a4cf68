using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts;

internal sealed record AdministeredUserAnswer(User User);
