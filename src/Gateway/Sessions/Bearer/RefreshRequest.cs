using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Sessions.Bearer;

internal sealed record RefreshRequest : ICheckedRequest
{
    public string? RefreshToken { get; init; }

    public void Check(Faults faults) => faults.AddIf(string.IsNullOrEmpty(RefreshToken), "refreshToken", TextField.RequiredRule);

    public override string ToString() => nameof(RefreshRequest);
}
