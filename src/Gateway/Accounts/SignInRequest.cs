using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Accounts;

internal sealed record SignInRequest : ICheckedRequest
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    /// <summary>Keeps the session for 30 days. A token's session lives as long as its refresh token in any case.</summary>
    public bool? Remember { get; init; }

    public void Check(Faults faults)
    {
        faults.AddIf(string.IsNullOrEmpty(Email), "email", "It is required.");
        faults.AddIf(string.IsNullOrEmpty(Password), "password", "It is required.");
    }

    public override string ToString() => nameof(SignInRequest);
}
