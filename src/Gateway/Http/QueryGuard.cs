using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Http;

/// <summary>The same rule for the query as for bodies: no U+0000, no lone surrogates.</summary>
internal sealed class QueryGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            foreach (var value in values)
            {
                if (!TextRules.IsClean(value))
                    return new ProblemResult(Problem.Invalid(name, TextRules.CleanRule)).ExecuteAsync(context);
            }
        }

        return next(context);
    }
}
