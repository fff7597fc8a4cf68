using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts.Responses;

internal sealed record AdministeredUserResponse(User User);
