using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Sessions.Bearer;

internal sealed record RefreshRequest : ICheckedRequest
{
    public string? RefreshToken { get; init; }

    public void Check(Faults faults) => faults.AddIf(string.IsNullOrEmpty(RefreshToken), "refreshToken", "It is required.");

    public override string ToString() => nameof(RefreshRequest);
}
