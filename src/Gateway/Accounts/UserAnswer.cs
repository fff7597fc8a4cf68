using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts;

internal sealed record UserAnswer(UserBody User)
{
    public static UserAnswer Of(User user) => new(UserBody.Of(user));
}
