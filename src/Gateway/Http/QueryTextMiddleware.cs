using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Http;

/// <summary>Rejects U+0000 and unpaired surrogates in query values, as <see cref="CleanTextConverter"/> does in bodies.</summary>
internal sealed class QueryTextMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            foreach (var value in values)
            {
                if (!StorableText.IsStorable(value))
                    return new ProblemResult(Problem.Invalid(name, StorableText.Rule)).ExecuteAsync(context);
            }
        }

        return next(context);
    }
}
