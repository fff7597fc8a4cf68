using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Accounts.Requests;

internal sealed record SignInRequest : ICheckedRequest
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// True keeps the session for <see cref="SessionsOptions.RememberedLifetime"/>. A token's session always lasts as long as its
    /// refresh token.
    /// </summary>
    public bool? Remember { get; init; }

    public void Check(Faults faults)
    {
        faults.AddIf(string.IsNullOrEmpty(Email), "email", TextField.RequiredRule);
        faults.AddIf(string.IsNullOrEmpty(Password), "password", TextField.RequiredRule);
    }

    public override string ToString() => nameof(SignInRequest);
}
