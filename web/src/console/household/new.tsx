export const NewHouseholdScreen = () => null
