using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Training rows as a factorization machine learns from them: who meets whom, and the features of
/// both.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Users">The users of the rows.</param>
/// <param name="Items">The items of the rows.</param>
/// <param name="UserNumbers">Number of the user of each row.</param>
/// <param name="ItemNumbers">Number of the item of each row.</param>
internal sealed record FactorizationMachineData(
    Interactions Rows, FeatureSide Users, FeatureSide Items, int[] UserNumbers, int[] ItemNumbers)
{
    public static FactorizationMachineData Of(Dataset train, FactorizationMachineOptions options, bool needsLabel)
    {
        var rows = Interactions.Of(train, FactorizationMachineModel.Name, needsLabel);
        var userOfCode = FeatureSide.Number(rows.UserCodes, rows.Users.Count);
        var itemOfCode = FeatureSide.Number(rows.ItemCodes, rows.Items.Count);
        var users = Array.ConvertAll(rows.UserCodes, code => userOfCode[code]);
        var items = Array.ConvertAll(rows.ItemCodes, code => itemOfCode[code]);
        return new FactorizationMachineData(
            rows,
            FeatureSide.Of(
                train,
                GroupSide.User,
                userOfCode,
                users,
                options.UseItemsOfUser ? items : null,
                itemOfCode.Max() + 1,
                options),
            FeatureSide.Of(
                train,
                GroupSide.Item,
                itemOfCode,
                items,
                options.UseUsersOfItem ? users : null,
                userOfCode.Max() + 1,
                options),
            users,
            items);
    }
}
